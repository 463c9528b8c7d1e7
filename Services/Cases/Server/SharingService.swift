import GRPCCore
import Postgres
import SwiftProtobuf
import VigilCasesAPI

/// `vigil.cases.v1.SharingService`: how States ask for data of cases and get them. The methods are in `Methods/Sharing`.
struct SharingService: PBSharingService.SimpleServiceProtocol {
  let register: ExchangeRegister
  /// Of watermarks.
  let key: ServiceKey

  func getSharingRequest(
    request: PBGetSharingRequestRequest, context: ServerContext
  ) async throws -> PBSharingRequest {
    try await register.get(request, context)
  }

  func listSharingRequests(
    request: PBListSharingRequestsRequest, context: ServerContext
  ) async throws -> PBListSharingRequestsResponse {
    let page = try await register.list(request, context, of: PBSharingRequest.self)
    return .with {
      $0.sharingRequests = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }

  func getDisclosurePackage(
    request: PBGetDisclosurePackageRequest, context: ServerContext
  ) async throws -> PBDisclosurePackage {
    try await register.get(request, context)
  }

  func listDisclosurePackages(
    request: PBListDisclosurePackagesRequest, context: ServerContext
  ) async throws -> PBListDisclosurePackagesResponse {
    let page = try await register.list(request, context, of: PBDisclosurePackage.self)
    return .with {
      $0.disclosurePackages = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
