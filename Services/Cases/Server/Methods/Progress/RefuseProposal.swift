import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func refuseProposal(request: PBRefuseProposalRequest, context: ServerContext) async throws -> PBProposal {
    let name = try MemberName<Proposal>(parsing: request.name)
    return try await ledger.record(request, asking: name, for: .read, [], context) { call, dossier in
      let proposal = try call.proposal(name, etag: request.etag, dossier)
      try call.sight.require(.write, [try PBProposedChange(serializedBytes: proposal.content).dataClass])
      return try await call.decide(proposal, .refused, dossier)
    }
  }
}
