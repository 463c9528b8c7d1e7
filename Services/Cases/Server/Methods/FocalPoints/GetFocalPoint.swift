import AIP
import GRPCCore
import VigilCasesAPI

extension FocalPointService {
  func getFocalPoint(request: PBGetFocalPointRequest, context: ServerContext) async throws -> PBFocalPoint {
    let (requester, tenures, _) = try await read()
    return PBFocalPoint(try tenures.named(try FocalPointName(parsing: request.name)), for: requester)
  }
}
