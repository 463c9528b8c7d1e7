import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func createProposal(request: PBCreateProposalRequest, context: ServerContext) async throws -> PBProposal {
    let name = try CaseName(parsing: request.parent, field: "parent")
    let change = request.proposal.change
    return try await ledger.record(request, asking: name, for: .propose, [change.dataClass], context) { call, dossier in
      try call.check(change, dossier)
      let proposal = Proposal(
        id: call.newID(), caseID: call.caseID, party: call.sight.party, proposer: call.author,
        content: try change.serializedBytes(), reason: call.reason, createTime: call.now)
      return try call.shown(try await call.add(proposal), dossier) { try $0.show($1) }
    }
  }
}
