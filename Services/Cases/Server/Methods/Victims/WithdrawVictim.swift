import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension VictimService {
  func withdrawVictim(request: PBWithdrawVictimRequest, context: ServerContext) async throws -> PBVictim {
    let name = try VictimName(parsing: request.name)
    let classes: DataClassSet = [.victimAttributes]
    return try await ledger.record(request, asking: name, for: .write, classes, context) { change, dossier in
      try change.requireDescribable(dossier.head)
      let victim = try await change.victim(name, etag: request.etag).record
      guard !victim.isPublished else {
        throw ServiceError(.failedPrecondition, .resourceEnded, "a publication names the victim")
      }
      let shown = try await change.shown([victim.id])[0]
      _ = try await change.transaction.execute(
        WithdrawVictim(id: victim.id),
        UpdateVictimCount(caseID: change.caseID, added: -victim.headCount, time: change.now))
      return shown
    }
  }
}
