import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil.cases.v1.SubmissionService`: what Member States give to the Secretary-General. The methods are in
/// `Methods/Submissions`.
struct SubmissionService: PBSubmissionService.SimpleServiceProtocol {
  let register: ExchangeRegister

  func getSubmission(request: PBGetSubmissionRequest, context: ServerContext) async throws -> PBSubmission {
    try await register.get(request, context)
  }

  func listSubmissions(
    request: PBListSubmissionsRequest, context: ServerContext
  ) async throws -> PBListSubmissionsResponse {
    let page = try await register.list(request, context, of: PBSubmission.self)
    return .with {
      $0.submissions = page.shown
      $0.nextPageToken = page.nextPageToken
    }
  }
}
