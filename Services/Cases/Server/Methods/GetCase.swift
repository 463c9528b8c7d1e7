import AIP
import Authorization
import GRPCCore
import VigilCasesAPI

extension CaseService {
  func getCase(request: PBGetCaseRequest, context: ServerContext) async throws -> PBCase {
    let reader = try await readers.current()
    let name = try CaseName(parsing: request.name)
    let found = try await reads.recordingRefusal(of: name, to: reader.requester, context) {
      guard let found = reader.show(try await store.find(name.id, for: reader.scope), of: name.id) else {
        throw ServiceError.notFound(name)
      }
      return found
    }
    let shown = try await store.withVisibleSurvivors([found], for: reader)
    try await reads.note(shown, to: reader.requester, context)
    return PBCase(shown[0])
  }
}
