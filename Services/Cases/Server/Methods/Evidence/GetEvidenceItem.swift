import AIP
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

extension EvidenceService {
  func getEvidenceItem(request: PBGetEvidenceItemRequest, context: ServerContext) async throws -> PBEvidenceItem {
    let name = try MemberName<EvidenceAccount>(parsing: request.name)
    let view = try await reads.view(
      of: name, context, at: request.hasReadTime ? request.readTime : nil, showing: ProgressView.evidenceClasses)
    guard let shown = view.show(try view.sight.item(name, view.dossier.items)) else {
      throw ServiceError.notFound(name)
    }
    return shown
  }
}
