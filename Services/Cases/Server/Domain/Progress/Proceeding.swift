import AIP
import Policy
import Postgres

/// Where a crime is looked into, and by whom.
struct Proceeding: Hashable, Sendable {
  enum Forum: Int16, Vocabulary {
    case hostCivil = 1
    case hostMilitary, hybrid, contributorCourt, nationalityState, thirdState, internationalCriminalCourt, traditional
    case undetermined

    static let prefix = "FORUM_"

    var name: String {
      switch self {
      case .hostCivil: "HOST_CIVIL"
      case .hostMilitary: "HOST_MILITARY"
      case .hybrid: "HYBRID_OR_SPECIAL"
      case .contributorCourt: "TCC_PCC_COURT"
      case .nationalityState: "NATIONALITY_STATE"
      case .thirdState: "THIRD_STATE"
      case .internationalCriminalCourt: "ICC"
      case .traditional: "TRADITIONAL"
      case .undetermined: "NONE"
      }
    }
  }

  var id: RecordID
  var caseID: RecordID
  var forum: Forum
  /// Whose courts they are.
  var party: PartyID
  var authority: String
  var docket: String
  var author: RecordID
  var createTime: PostgresTimestamp
}

/// Something that happened in a proceeding, or that it is about.
struct ProceedingFact: Hashable, Sendable {
  enum Kind: Int16, Vocabulary {
    case charge = 1
    case hearing, appealDeadline, appealWaived, sentence, custody, newFact

    static let prefix = "KIND_"

    var name: String {
      switch self {
      case .charge: "CHARGE"
      case .hearing: "HEARING"
      case .appealDeadline: "APPEAL_DEADLINE"
      case .appealWaived: "APPEAL_WAIVED"
      case .sentence: "SENTENCE"
      case .custody: "CUSTODY"
      case .newFact: "NEW_FACT"
      }
    }

    /// Whether it says nothing without a date.
    var needsDate: Bool { self == .hearing || self == .appealDeadline || self == .custody }
  }

  var id: RecordID
  var caseID: RecordID
  var proceeding: RecordID
  /// The track of the accused that it concerns; nil for all of them.
  var track: RecordID?
  var kind: Kind
  var date: PartialDate?
  var detail: String
  var document: String
  var author: RecordID
  var createTime: PostgresTimestamp
}
