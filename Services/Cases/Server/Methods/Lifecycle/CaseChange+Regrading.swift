import AIP
import Authorization
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

// How a case is classified. What it takes is the policy's to say: to raise it one who may write the case, to lower it two
// of those whom it names.
extension CaseChange {
  /// - Throws: PERMISSION_DENIED unless the caller may have a part in lowering the case.
  func requireDowngrader() throws(ServiceError) {
    guard sight.requester.mayDowngrade(sight.facts) else { throw .refused }
  }

  /// Raises the case: that holds at once.
  func raise(_ entry: Regrading, _ dossier: Dossier) async throws -> Regrading {
    guard sight.requester.refusal(toRegrade: sight.facts, as: entry.to) == nil else { throw ServiceError.refused }
    var entry = entry
    (entry.state, entry.decider, entry.decideTime) = (.confirmed, author, now)
    let added = try await add(entry)
    try await classify(as: entry.to, dossier)
    return added
  }

  /// Proposes to lower it, for another to confirm.
  func propose(_ entry: Regrading, _ dossier: Dossier) async throws -> Regrading {
    guard sight.requester.refusal(toRegrade: sight.facts, as: entry.to) == .secondPersonMissing else {
      throw ServiceError.refused
    }
    guard !dossier.regradings.contains(where: { $0.state == .proposed }) else {
      throw ServiceError(.failedPrecondition, .resourceExists, "another regrading waits")
    }
    return try await add(entry)
  }

  /// Lowers it as another has proposed, who must still be one who may.
  func lower(_ entry: Regrading, _ dossier: Dossier) async throws {
    guard entry.from == sight.facts.classification else {
      throw ServiceError(.failedPrecondition, .resourceEnded, "the case is no longer classified as it was then")
    }
    guard sight.requester.refusal(toRegrade: sight.facts, as: entry.to, proposedBy: entry.proposer) == nil else {
      throw ServiceError.refused
    }
    try await classify(as: entry.to, dossier)
  }

  private func classify(as classification: Classification, _ dossier: Dossier) async throws {
    _ = try await transaction.execute(
      UpdateCaseClassification(
        caseID: caseID, classification: classification, revision: dossier.head.revision + 1, time: now))
  }
}

extension Regrading {
  init(_ message: PBRegrading, _ change: CaseChange) throws(ServiceError) {
    let from = change.sight.facts.classification
    guard let number = UInt8(exactly: message.classification.rawValue - 1), let to = Classification(rawValue: number),
      to != from
    else {
      throw .invalid("regrading.classification", "must be another than \(from.code)")
    }
    self.init(
      id: change.newID(), caseID: change.caseID, from: from, to: to, reason: change.reason, proposer: change.author,
      createTime: change.now)
  }
}

extension ProgressView {
  /// Nobody's but theirs who may write the case, or lower it.
  func show(_ entry: Regrading) -> PBRegrading? {
    guard sight.mayWrite(.core) || sight.requester.mayDowngrade(sight.facts) else { return nil }
    var message = PBRegrading()
    message.name = MemberName<Regrading>(entry.caseID, entry.id).description
    message.previousClassification = .init(entry.from)
    message.classification = .init(entry.to)
    message.state = .init(number: entry.state)
    message.reason = entry.reason
    message.proposer = "principals/\(entry.proposer)"
    message.decider = entry.decider.map { "principals/\($0)" } ?? ""
    if let time = entry.decideTime { message.decideTime = Google_Protobuf_Timestamp(time) }
    message.etag = Etag(revision: entry.revision).description
    message.createTime = Google_Protobuf_Timestamp(entry.createTime)
    return message
  }

  /// From when on it may be thought of to open the case; nil for one that is open, and for one that time never opens.
  var openingDate: PartialDate? {
    let years = sight.requester.current.evaluator.yearsUntilOpen(sight.facts.classification) ?? 0
    guard years > 0 else { return nil }
    let day = PartialDate(dayOf: dossier.head.createTime)
    return PartialDate(year: day.year + years, month: day.month, day: day.day)
      ?? PartialDate(year: day.year + years, month: day.month, day: 28)
  }
}
