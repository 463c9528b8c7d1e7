import AIP
import Content
import GRPCCore
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension EvidenceService {
  func getUploadState(request: PBGetUploadStateRequest, context: ServerContext) async throws -> PBUploadState {
    let name = try MemberName<EvidenceAccount>(parsing: request.name)
    let (item, key) = try await withItem(name, context) { transaction, item in
      (item, try await transaction.execute(SelectEvidenceKey(item: item.id)).first)
    }
    try judging(name) { () throws(CustodyRefusal) in try item.checkStanding() }
    guard let key else { return PBUploadState() }
    var state = PBUploadState()
    state.sizeBytes = key.size
    state.sha256 = .init(key.sha256)
    state.done = item.content != nil
    guard !state.done else {
      state.offset = key.size
      return state
    }
    let format = try archive.format(key)
    state.offset = try await withContent { format.plainSize(of: try await archive.store.settledSize(of: key.id)) }
    return state
  }
}
