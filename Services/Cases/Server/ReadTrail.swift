import AIP
import Audit
import AuditOutbox
import Authorization
import GRPCCore
import Policy

/// Records the reads that the policy wants recorded: what is protected is shown only when that is durable (5e).
struct ReadTrail: Sendable {
  let trail: AuditTrail

  /// Records what an answer shows, a record for each case of which it shows protected data.
  ///
  /// - Throws: what ``AuditTrail/record(_:)`` throws; then the answer must not leave.
  func note(_ shown: [ShownCase], to requester: Requester, _ context: ServerContext) async throws {
    let recorded = shown.filter(\.isRecorded)
    guard !recorded.isEmpty else { return }
    let method = context.descriptor.fullyQualifiedMethod
    try await trail.record(recorded.map { AuditRecord(reading: $0, requester, method: method) })
  }

  /// Records that something of a case was shown, to whom it shows more than its core and its stages.
  ///
  /// - Parameter classes: of what the answer can show.
  func note(_ sight: CaseSight, _ classes: DataClassSet, _ context: ServerContext) async throws {
    let shown = sight.decision.classes(atLeast: .pseudonym).intersection(classes)
    guard sight.decision.obligations.contains(.recordRead), !shown.subtracting([.core, .hostProgress]).isEmpty
    else { return }
    let requester = sight.requester
    try await trail.record(
      AuditRecord(
        time: requester.now, method: context.descriptor.fullyQualifiedMethod, principal: requester.principal,
        party: requester.party, resource: CaseName(sight.facts.id).description, purpose: requester.purpose,
        classes: shown, policyVersion: requester.policyVersion))
  }
}

extension AuditRecord {
  fileprivate init(reading shown: ShownCase, _ requester: Requester, method: String) {
    self.init(
      time: requester.now, method: method, principal: requester.principal, party: requester.party,
      resource: CaseName(shown.record.id).description, purpose: requester.purpose, classes: shown.classes,
      policyVersion: requester.policyVersion)
  }
}
