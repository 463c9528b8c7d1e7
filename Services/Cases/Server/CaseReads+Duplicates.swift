import AIP
import Authorization
import GRPCCore
import Policy
import Postgres
import VigilCasesAPI

extension CaseReads {
  /// What telling duplicates tells of: whoever may not write all of that is told of none.
  private static let comparedClasses: DataClassSet = [.core, .exact, .victimIdentity, .suspectIdentity]

  /// Cases that may be the same as one, the likeliest first.
  ///
  /// - Throws: NOT_FOUND for a case that the caller may not know of; PERMISSION_DENIED for one that it may not write.
  func duplicates(of name: CaseName, _ context: ServerContext) async throws -> [Duplicate] {
    let reader = try await gate.readers.current()
    let (sight, found) = try await pool.withTransaction(isolation: .repeatableRead, readOnly: true) { transaction in
      _ = try await transaction.execute(SetScope(scope: .everything))
      let sight = try await gate.sight(asking: name, for: reader, in: transaction)
      try sight.require(.write, Self.comparedClasses)
      return (sight, try await duplicates(of: name.id, for: reader, in: transaction))
    }
    try await trace.note(sight, Self.comparedClasses, context)
    return found
  }

  private func duplicates(
    of id: RecordID, for reader: CaseReader, in transaction: PostgresTransaction
  ) async throws -> [Duplicate] {
    guard let own = try await transaction.execute(SelectCaseTraits(cases: [id])).first else { return [] }
    let ids = try await transaction.execute(SelectDuplicateCandidates(traits: own))
    let (facts, traits) = try await transaction.execute(SelectCaseFacts(cases: ids), SelectCaseTraits(cases: ids))
    let writable = Set(
      facts.filter { reader.requester.decide($0, .write, Self.comparedClasses).effect == .allow }.map(\.id))
    return traits.filter { writable.contains($0.id) && $0.state != .merged }
      .map { Duplicate($0, of: own) }
      .filter { $0.score >= Duplicate.threshold }
      .sorted { ($1.score, $0.traits.id) < ($0.score, $1.traits.id) }
  }
}
