import AIP
import Content
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension EvidenceService {
  func confirmDisposal(request: PBConfirmDisposalRequest, context: ServerContext) async throws -> PBEvidenceItem {
    var destroyed: RecordID?
    let answer = try await step(
      request, for: .write, of: [.evidenceRegister, .evidenceContent], context
    ) { change, item in
      let proposal = try item.checkDisposal(confirmedBy: change.author, today: change.today)
      if var key = try await change.transaction.execute(SelectEvidenceKey(item: item.id)).first {
        key.destroy(at: change.now)
        _ = try await change.transaction.execute(UpdateEntry(entry: key))
        destroyed = key.id
      }
      return change.event(.disposed, of: item.id, answers: proposal.id)
    }
    // What is stored opens to nobody any more: that it goes too saves room.
    if let id = destroyed { try? await archive.store.remove(id) }
    return answer
  }
}
