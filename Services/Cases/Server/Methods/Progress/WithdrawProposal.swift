import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func withdrawProposal(request: PBWithdrawProposalRequest, context: ServerContext) async throws -> PBProposal {
    let name = try MemberName<Proposal>(parsing: request.name)
    return try await ledger.record(request, asking: name, for: .read, [], context) { call, dossier in
      let proposal = try call.proposal(name, etag: request.etag, dossier)
      guard proposal.party == call.sight.party else { throw ServiceError.refused }
      try call.sight.require(.propose, [try PBProposedChange(serializedBytes: proposal.content).dataClass])
      return try await call.decide(proposal, .withdrawn, dossier)
    }
  }
}
