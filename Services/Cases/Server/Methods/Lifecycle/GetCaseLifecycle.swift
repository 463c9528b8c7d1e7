import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension LifecycleService {
  func getCaseLifecycle(request: PBGetCaseLifecycleRequest, context: ServerContext) async throws -> PBCaseLifecycle {
    let name = try PartName<LifecyclePart>(parsing: request.name)
    return try await reads.view(of: name, at: request.hasReadTime ? request.readTime : nil).lifecycle
  }
}
