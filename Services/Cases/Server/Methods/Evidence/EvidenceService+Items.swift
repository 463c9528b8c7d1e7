import AIP
import Content
import GRPCCore
import Policy
import Postgres
import VigilCasesAPI

extension EvidenceService {
  /// The classes of data that content is of.
  static let contentClasses: DataClassSet = [.evidenceRegister, .evidenceContent]

  /// Does something about the content of an item, which nobody else changes meanwhile.
  ///
  /// - Throws: NOT_FOUND for an item that the caller may not know of; PERMISSION_DENIED for one that it may not change.
  func withItem<Result: Sendable>(
    _ name: MemberName<EvidenceAccount>, _ context: ServerContext,
    _ body: (PostgresTransaction, EvidenceItem) async throws -> Result
  ) async throws -> Result {
    let reader = try await ledger.gate.readers.current()
    return try await ledger.trace.recordingRefusal(of: name, to: reader.requester, context) {
      try await ledger.pool.withTransaction { transaction in
        _ = try await transaction.execute(SetScope(scope: .everything), LockCases(ids: [name.caseID]))
        let sight = try await ledger.gate.sight(asking: name, for: reader, in: transaction)
        try sight.require(.contribute, Self.contentClasses)
        let item = try await item(name, sight, transaction)
        try sight.requireChange(of: item.account.originator, Self.contentClasses)
        return try await body(transaction, item)
      }
    }
  }

  /// An item whose content the caller may read, by the rules of both walls.
  ///
  /// - Throws: NOT_FOUND for an item that the caller may not know of; PERMISSION_DENIED for content that it may not read.
  func readable(
    _ name: MemberName<EvidenceAccount>, _ context: ServerContext
  ) async throws -> (sight: CaseSight, item: EvidenceItem) {
    let reader = try await ledger.gate.readers.current()
    return try await ledger.trace.recordingRefusal(of: name, to: reader.requester, context) {
      try await ledger.pool.withTransaction(isolation: .repeatableRead, readOnly: true) { transaction in
        _ = try await transaction.execute(SetScope(scope: reader.scope))
        let sight = try await ledger.gate.sight(asking: name, for: reader, in: transaction)
        let item = try await item(name, sight, transaction)
        guard sight.sees(item, .evidenceContent) else { throw ServiceError.refused }
        return (sight, item)
      }
    }
  }

  private func item(
    _ name: MemberName<EvidenceAccount>, _ sight: CaseSight, _ transaction: PostgresTransaction
  ) async throws -> EvidenceItem {
    let (accounts, events) = try await transaction.execute(
      SelectEntries<EvidenceAccount>(caseID: name.caseID), SelectEntries<CustodyEvent>(caseID: name.caseID))
    return try sight.item(name, accounts.items(events))
  }
}
