import AIP
import GRPCCore
import VigilCasesAPI

extension CaseService {
  func getCase(request: PBGetCaseRequest, context: ServerContext) async throws -> PBCase {
    let reader = try await readers.current()
    let name = try CaseName(parsing: request.name)
    let shown = try await reads.recordingRefusal(of: name, to: reader.requester, context) {
      guard let shown = reader.show(try await store.find(name.id, for: reader.scope), of: name.id) else {
        throw ServiceError.notFound(name)
      }
      return shown
    }
    try await reads.note([shown], to: reader.requester, context)
    return PBCase(shown)
  }
}
