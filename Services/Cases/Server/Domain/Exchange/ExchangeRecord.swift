import AIP
import Policy
import Postgres

/// One version of what a State gives, asks for or is given.
struct ExchangeRecord: Hashable, Sendable, Identifiable {
  enum Kind: Int16, CaseIterable, Sendable {
    case submission = 1
    case request, package
  }

  var id: RecordID
  /// From 1.
  var revision: Int64 = 1
  var kind: Kind
  /// Nil of a submission of which it is not yet said which case it describes.
  var caseID: RecordID?
  /// Whose submission it is, who asks, for whom the package is.
  var party: PartyID
  /// To whom the originator of a submission lets it be shown.
  var releasedTo: [PartyID] = []
  /// Whether its originator keeps a submission to headquarters.
  var isForHeadquarters = false
  /// Of ``SubmissionState``, ``SharingState`` or ``PackageState``.
  var state: Int16 = 1
  /// The request that a package answers.
  var request: RecordID?
  /// What it says, as the contract's message.
  var content: [UInt8]
  /// Who recorded it first, and who this version.
  var creator: RecordID
  var author: RecordID
  var createTime = PostgresTimestamp.infinity
  /// Of this version.
  var recordTime = PostgresTimestamp.infinity

  /// The version after this one.
  func next(by author: RecordID, at time: PostgresTimestamp) -> ExchangeRecord {
    var next = self
    next.revision += 1
    next.author = author
    next.recordTime = time
    return next
  }

  /// What decides who may give it or see it, where that is not the case: as of one to which its party stands in every
  /// relation that lets a State contribute. So whether there is such a case makes no difference to the party.
  var ownFacts: CaseFacts {
    CaseFacts(id: id, hats: [Hat(.contributor, party), Hat(.nationality, party)], incident: .always)
  }
}
