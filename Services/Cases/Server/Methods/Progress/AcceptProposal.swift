import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension ProgressService {
  func acceptProposal(request: PBAcceptProposalRequest, context: ServerContext) async throws -> PBProposal {
    let name = try MemberName<Proposal>(parsing: request.name)
    return try await ledger.record(request, asking: name, for: .read, [], context) { call, dossier in
      var proposal = try call.proposal(name, etag: request.etag, dossier)
      let change = try PBProposedChange(serializedBytes: proposal.content)
      try call.sight.require(.write, [change.dataClass])
      guard proposal.proposer != call.author else {
        throw ServiceError(LifecycleRefusal.missing([.secondPerson]), on: request.name)
      }
      let certainty: Certainty? =
        request.certainty == .unspecified
        ? nil : try FieldRules.word(request.certainty, field: "certainty")
      proposal.result = try await call.carryOut(change, of: proposal, certainty: certainty, dossier)
      return try await call.decide(proposal, .accepted, dossier)
    }
  }
}
