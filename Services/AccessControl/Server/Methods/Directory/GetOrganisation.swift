import AIP
import GRPCCore
import VigilAccessAPI

extension DirectoryService {
  func getOrganisation(request: PBGetOrganisationRequest, context: ServerContext) async throws -> PBOrganisation {
    let name = try OrganisationName(parsing: request.name)
    let visitor = try await visitors.current()
    guard let found: Organisation = try await lists.find(.id(name.id), among: visitor.organisations) else {
      throw ServiceError.notFound(type: "vigil.un.org/Organisation", name: request.name)
    }
    return PBOrganisation(found)
  }
}
