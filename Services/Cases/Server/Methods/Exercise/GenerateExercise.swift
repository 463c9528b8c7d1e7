import AIP
import Audit
import Authorization
import GRPCCore
import Policy
import VigilCasesAPI

extension ExerciseService {
  func generateExercise(
    request: PBGenerateExerciseRequest, response: RPCWriter<PBGenerateExerciseResponse>, context: ServerContext
  ) async throws {
    let requester = try ImportService.importer(authorizer)
    guard isEnabled else { throw ExerciseRefusal.realDeployment }
    guard (1...2_000_000).contains(request.caseCount) else {
      throw ServiceError.invalid("case_count", "must be 1 to 2,000,000")
    }
    let record = AuditRecord(
      time: requester.now, method: context.descriptor.fullyQualifiedMethod, principal: requester.principal,
      party: requester.party, resource: "", purpose: requester.purpose, classes: Self.written,
      policyVersion: requester.policyVersion)
    // Making thousands of cases takes milliseconds, which the event loop of a connection has not.
    try await withTaskExecutorPreference(globalConcurrentExecutor) {
      try await store.fill(cases: Int(request.caseCount), seed: request.seed, record: record) { done in
        try await response.write(PBGenerateExerciseResponse(done))
      }
    }
  }

  /// What an exercise writes.
  private static let written = ImportService.written.union([.suspectIdentity, .communications, .hostProgress])
}

extension PBGenerateExerciseResponse {
  fileprivate init(_ done: ExerciseStore.Progress) {
    self.init()
    caseCount = Int32(clamping: done.cases)
    victimCount = Int32(clamping: done.victims)
    recordCount = Int64(done.records)
  }
}
