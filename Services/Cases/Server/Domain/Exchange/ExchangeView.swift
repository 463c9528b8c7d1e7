import AIP
import Authorization
import Policy
import Postgres

/// What a reader sees of what a State gives, asks for or is given.
struct ExchangeView: Sendable {
  let record: ExchangeRecord
  let sight: CaseSight
  /// The case, where the reader may see it.
  let caseID: RecordID?
  /// When it is looked at.
  let now: PostgresTimestamp

  /// - Parameter facts: of the case that it is about, if that is said.
  init(_ record: ExchangeRecord, about facts: CaseFacts?, _ reader: CaseReader, at now: PostgresTimestamp) {
    self.init(
      record, sight: CaseSight(record, about: facts, reader), caseSight: facts.map { CaseSight(reader, $0) }, now)
  }

  init(_ record: ExchangeRecord, sight: CaseSight, caseSight: CaseSight?, _ now: PostgresTimestamp) {
    self.record = record
    self.sight = sight
    caseID = caseSight.flatMap { $0.decision.isVisible ? record.caseID : nil }
    self.now = now
  }

  var isOwn: Bool { record.party == sight.party }

  /// Whether the reader handles it.
  var isHandled: Bool {
    switch record.kind {
    case .submission: sight.decision.readers.contains(.headquarters) && sight.mayWrite(.core)
    case .request, .package: sight.mayWrite(.privileged)
    }
  }

  /// Whether it is there for the reader.
  var isShown: Bool {
    guard sight.decision.isVisible else { return false }
    switch record.kind {
    case .submission: return isSubmissionShown
    case .request, .package: return isOwn || sight.decision.disposition(.privileged).transform == .clear
    }
  }

  /// What the policy lets be seen is seen by those only whom the originator has named.
  private var isSubmissionShown: Bool {
    let facts = RecordFacts(owners: [record.party], releasedTo: record.releasedTo)
    guard sight.decision.disposition(.submissions, in: facts).transform == .clear else { return false }
    if isOwn || isAtHeadquarters { return true }
    guard record.state != SubmissionState.withdrawn.rawValue else { return false }
    return record.releasedTo.contains(sight.party) || !record.isForHeadquarters && isInSecretariat
  }

  /// Whether the reader reads for headquarters.
  var isAtHeadquarters: Bool { !sight.decision.readers.intersection([.headquarters, .legal]).isEmpty }

  /// Whether the reader reads for the Secretariat or its auditors, and not for a State or an organization.
  var isInSecretariat: Bool {
    let secretariat: ReaderSet = [.headquarters, .legal, .safety, .missionFocalPoint, .seniorFocalPoint, .auditor]
    return !sight.decision.readers.intersection(secretariat).isEmpty
  }
}

extension CaseSight {
  /// What a reader may see and do of what is on record, by what it sees of the case. A submission is its originator's
  /// whatever becomes of the case.
  init(_ record: ExchangeRecord, about facts: CaseFacts?, _ reader: CaseReader) {
    guard record.kind == .submission else {
      self.init(reader, facts ?? .nowhere(record.id))
      return
    }
    let isOwn = record.party == reader.requester.party
    let others = facts ?? CaseFacts(id: record.id, hats: [], incident: .always)
    self.init(reader, isOwn ? record.ownFacts : others, gate: .submissions)
  }
}
