import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

// What is proposed, and what comes of it.
extension CaseChange {
  /// A proposal that waits and that the caller may know of.
  ///
  /// - Throws: NOT_FOUND for another; ABORTED for another etag; FAILED_PRECONDITION for one that was decided before.
  func proposal(_ name: MemberName<Proposal>, etag: String, _ dossier: Dossier) throws -> Proposal {
    let proposal = try dossier.proposals.named(name)
    guard try view(dossier).show(proposal) != nil else { throw ServiceError.notFound(name) }
    try Etag(revision: proposal.revision).check(etag)
    guard proposal.state == .pending else {
      throw ServiceError(.failedPrecondition, .resourceEnded, "the proposal is decided")
    }
    return proposal
  }

  /// Whether a change can be proposed as it stands: what it says, not whether it may follow, which is judged when it is
  /// accepted.
  func check(_ proposed: PBProposedChange, _ dossier: Dossier) throws {
    switch proposed.change {
    case .assertion(let proposed): _ = try draft(proposed, dossier)
    case .suspect(let suspect): _ = try Suspect(suspect, self)
    case .proceeding(let proceeding): _ = try Proceeding(proceeding, self)
    case .fact(let proposed): _ = try fact(proposed, dossier)
    case nil: throw ServiceError.invalid("proposal.change", "is required")
    }
  }

  /// Carries out what was proposed.
  ///
  /// - Returns: the name of what came of it.
  func carryOut(
    _ proposed: PBProposedChange, of proposal: Proposal, certainty: Certainty?, _ dossier: Dossier
  ) async throws -> String {
    switch proposed.change {
    case .assertion(let proposed):
      let (stated, track) = try draft(proposed, dossier)
      guard let certainty else {
        throw ServiceError.invalid("certainty", "is required of a proposed assertion")
      }
      var judged = stated
      judged.certainty = certainty
      judged.proposal = proposal.id
      return AssertionName(try await assert(judged, of: track, dossier)).description
    case .suspect(let suspect):
      return MemberName<Suspect>(caseID, try await add(try Suspect(suspect, self)).id).description
    case .proceeding(let proceeding):
      return MemberName<Proceeding>(caseID, try await add(proceeding: proceeding).id).description
    case .fact(let proposed): return try await add(try fact(proposed, dossier)).name
    case nil: throw ServiceError.invalid("proposal.change", "is required")
    }
  }

  /// Decides a proposal, with the reason of this change.
  func decide(_ proposal: Proposal, _ state: Proposal.State, _ dossier: Dossier) async throws -> PBProposal {
    let proposal = proposal.decided(state, by: author, at: now, because: reason)
    try await transaction.execute(UpdateEntry(entry: proposal))
    return try shown(proposal, dossier) { try $0.show($1) }
  }

  /// What a State proposes is its own word.
  private func draft(
    _ proposed: PBProposedAssertion, _ dossier: Dossier
  ) throws -> (draft: AssertionDraft, track: Track) {
    guard let track = try dossier.tracks.named(proposed.track, in: self, field: "proposal.change.assertion.track")
    else { throw ServiceError.invalid("proposal.change.assertion.track", "is required") }
    var message = proposed.assertion
    message.source = .hostState
    return (try AssertionDraft(message, of: track), track)
  }

  private func fact(_ proposed: PBProposedFact, _ dossier: Dossier) throws -> ProceedingFact {
    let field = "proposal.change.fact.proceeding"
    guard let proceeding = try dossier.proceedings.named(proposed.proceeding, in: self, field: field) else {
      throw ServiceError.invalid(field, "is required")
    }
    return try ProceedingFact(proposed.fact, of: proceeding, self, dossier)
  }
}

extension CaseChange {
  func view(_ dossier: Dossier) -> ProgressView { ProgressView(sight: sight, dossier: dossier) }

  /// A record that was just made, as its maker sees it.
  func shown<Record, Shown>(
    _ record: Record, _ dossier: Dossier, _ show: (ProgressView, Record) throws -> Shown?
  ) throws -> Shown {
    guard let shown = try show(view(dossier), record) else { throw ServiceError.refused }
    return shown
  }
}
