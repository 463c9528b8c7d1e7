import AIP

/// Somebody's word that a track has reached a stage. Never changed: a better one supersedes it.
struct StageAssertion<StageName: Stage>: Hashable, Sendable {
  var id: RecordID
  var stage: StageName
  /// When the stage was reached; nil when not known, and always of what is inferred.
  var effective: PartialDate?
  /// The day on which the register learnt of it: a day of the calendar.
  var known: PartialDate
  var source: AssertionSource
  var certainty: Certainty
  /// Whether nobody said so: it follows from a later stage. It measures no duration.
  var isInferred = false
  /// The assertion that this one corrects.
  var supersedes: RecordID?
}

/// Whose word it is.
enum AssertionSource: Int16, Vocabulary {
  case hostState = 1
  case courtRecord, mission, contributor, nationalityState, regionalOrganization, media, nonGovernmental, headquarters

  static let prefix = "ASSERTION_SOURCE_"

  var name: String {
    switch self {
    case .hostState: "HOST_STATE"
    case .courtRecord: "COURT_RECORD"
    case .mission: "MISSION"
    case .contributor: "TCC_PCC"
    case .nationalityState: "NATIONALITY_STATE"
    case .regionalOrganization: "REGIONAL_ORG"
    case .media: "MEDIA"
    case .nonGovernmental: "NGO"
    case .headquarters: "UN_HQ"
    }
  }
}

/// How sure it is. Below `confirmed` it is a claim and changes no verified status.
enum Certainty: Int16, Vocabulary {
  case rumour = 1
  case possible, probable, confirmed

  static let prefix = "CERTAINTY_"

  var name: String {
    switch self {
    case .rumour: "RUMOUR"
    case .possible: "POSSIBLE"
    case .probable: "PROBABLE"
    case .confirmed: "CONFIRMED"
    }
  }
}
