import AIP
import GRPCCore
import VigilCasesAPI

extension CaseService {
  func getCase(request: PBGetCaseRequest, context: ServerContext) async throws -> PBCase {
    let reader = try await readers.current()
    let name = try CaseName(parsing: request.name)
    guard let shown = reader.show(try await store.find(name.id, for: reader.scope), of: name.id) else {
      throw ServiceError.notFound(type: "vigil.un.org/Case", name: request.name)
    }
    try await reads.note([shown], to: reader.requester, context)
    return PBCase(shown)
  }
}
