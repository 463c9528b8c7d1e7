import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func getCaseProgress(request: PBGetCaseProgressRequest, context: ServerContext) async throws -> PBCaseProgress {
    let name = try PartName<ProgressPart>(parsing: request.name)
    return try await reads.view(of: name, at: request.hasReadTime ? request.readTime : nil).progress
  }
}
