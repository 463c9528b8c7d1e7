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
  /// - Parameters:
  ///   - classes: of what the answer can show.
  ///   - name: of what is shown, where the log is to have more than the case.
  func note(
    _ sight: CaseSight, _ classes: DataClassSet, _ context: ServerContext, of name: (any CaseResourceName)? = nil
  ) async throws {
    let shown = sight.decision.classes(atLeast: .pseudonym).intersection(classes)
    let requester = sight.requester
    let grants =
      sight.decision.obligations.contains(.recordGrantUse) ? requester.usedGrants(sight.facts, showing: shown) : []
    let isProtected =
      sight.decision.obligations.contains(.recordRead)
      && !shown.subtracting([.core, .hostProgress]).isEmpty
    guard isProtected || !grants.isEmpty else { return }
    try await trail.record(
      AuditRecord(
        time: requester.now, method: context.descriptor.fullyQualifiedMethod, principal: requester.principal,
        party: requester.party, resource: name?.description ?? CaseName(sight.facts.id).description,
        purpose: requester.purpose,
        classes: shown, policyVersion: requester.policyVersion, grants: grants))
  }
}

extension ReadTrail {
  /// Does what the caller may be refused, and records that it was before it learns of it: who asked for what, in vain.
  ///
  /// One that there is not is recorded as one that the caller may not see: neither the answer nor the wait for it tells
  /// which it was.
  ///
  /// - Parameter name: what is asked for: a case, or something of one.
  /// - Throws: what `body` throws, or what ``AuditTrail/record(_:)`` does.
  func recordingRefusal<Result>(
    of name: some CaseResourceName, to requester: Requester, _ context: ServerContext,
    _ body: () async throws -> Result
  ) async throws -> Result {
    try await recordingRefusal(of: name.description, or: .notFound(name), to: requester, context, body)
  }

  /// - Parameters:
  ///   - resource: what is asked for, by name.
  ///   - hidden: what is thrown when it is not there for the caller.
  func recordingRefusal<Result>(
    of resource: String, or hidden: ServiceError, to requester: Requester, _ context: ServerContext,
    _ body: () async throws -> Result
  ) async throws -> Result {
    do {
      return try await body()
    } catch let error as ServiceError where error == .refused || error == hidden {
      try await trail.record(
        AuditRecord(
          time: requester.now, method: context.descriptor.fullyQualifiedMethod, principal: requester.principal,
          party: requester.party, resource: resource, purpose: requester.purpose,
          policyVersion: requester.policyVersion, isAllowed: false))
      throw error
    }
  }

  /// Records that records of the register of assistance were shown, to readers who read for one purpose only.
  func note(_ names: [String], to requester: Requester, _ context: ServerContext) async throws {
    let readers = requester.permittedReaders.intersection([.auditor, .councilReader])
    guard !readers.isEmpty else { return }
    try await note(names, [.assistance], to: requester, context)
  }

  /// Records that records were shown, one for each.
  ///
  /// - Parameter classes: of what was shown.
  func note(
    _ names: [String], _ classes: DataClassSet, to requester: Requester, _ context: ServerContext
  ) async throws {
    guard !names.isEmpty else { return }
    try await trail.record(
      names.map { name in
        AuditRecord(
          time: requester.now, method: context.descriptor.fullyQualifiedMethod, principal: requester.principal,
          party: requester.party, resource: name, purpose: requester.purpose, classes: classes,
          policyVersion: requester.policyVersion)
      })
  }
}

extension AuditRecord {
  fileprivate init(reading shown: ShownCase, _ requester: Requester, method: String) {
    self.init(
      time: requester.now, method: method, principal: requester.principal, party: requester.party,
      resource: CaseName(shown.record.id).description, purpose: requester.purpose, classes: shown.classes,
      policyVersion: requester.policyVersion, grants: shown.grants)
  }
}
