import AIP
import GRPCCore
import VigilCasesAPI

extension CaseService {
  func getCase(request: PBGetCaseRequest, context: ServerContext) async throws -> PBCase {
    let name = try CaseName(parsing: request.name)
    guard let found = try await store.find(name.id) else {
      throw ServiceError.notFound(type: "vigil.un.org/Case", name: request.name)
    }
    return PBCase(found.case, victims: found.victims)
  }
}
