import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("What host States propose")
struct ProposalTests {
  private struct Seen: Hashable {
    var progress: [PBCaseProgress] = []
    var timelines: [[PBTimelineEntry]] = []
    var assertions: [[PBStageAssertion]] = []
  }

  private func seen(_ harness: ProgressHarness, _ name: String, _ track: String) async throws -> Seen {
    var seen = Seen()
    for person in [Person.officer, .focalPoint, .prosecutor, .contributor, .auditor] {
      seen.progress.append(try await harness.progress(of: name, as: person))
      seen.timelines.append(try await harness.timeline(of: name, as: person))
      seen.assertions.append(try await harness.assertions(of: track, as: person))
    }
    return seen
  }

  /// Invariant 16.
  @Test("a proposal alters nothing until it is accepted, whatever it proposes")
  func altersNothing() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let proceeding = try await harness.proceeding(of: name)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      let before = try await seen(harness, name, track.name)
      let proposals = [
        try await harness.propose(name) {
          $0.assertion.track = track.name
          $0.assertion.assertion = .with {
            $0.stage.accountability = .suspectsIdentified
            $0.source = .courtRecord
            $0.certainty = .confirmed
            $0.document = "Letter 7"
          }
        },
        try await harness.propose(name) {
          $0.suspect.alias = "Alpha"
          $0.suspect.status = .wanted
        },
        try await harness.propose(name) {
          $0.proceeding.forum = .hostMilitary
          $0.proceeding.party = "EGY"
        },
        try await harness.propose(name) {
          $0.fact.proceeding = proceeding.name
          $0.fact.fact.kind = .charge
          $0.fact.fact.detail = "Murder"
        },
      ]
      #expect(try await seen(harness, name, track.name) == before)

      // They wait for those who may accept them; the State sees its own.
      for person in [Person.officer, .focalPoint, .prosecutor, .colleague] {
        #expect(try await harness.proposals(of: name, as: person).map(\.name) == proposals.map(\.name), "\(person)")
      }
      for person in [Person.contributor, .auditor] {
        #expect(try await harness.proposals(of: name, as: person).isEmpty)
        #expect(try await failure { try await harness.accept(proposals[0].name, as: person) }?.code == .notFound)
      }
      for person in [Person.prosecutor, .colleague] {
        #expect(
          try await failure { try await harness.accept(proposals[0].name, as: person) }?.code == .permissionDenied)
      }
      #expect(try await seen(harness, name, track.name) == before)

      // Its own word, as sure as whoever accepts it judges.
      let accepted = try await harness.accept(proposals[0].name, as: .focalPoint, .probable)
      #expect(accepted.state == .accepted && accepted.decision == "accepted")
      let made = try #require(try await harness.assertions(of: track.name).last)
      #expect(made.name == accepted.result && made.proposal == proposals[0].name)
      #expect(made.source == .hostState && made.certainty == .probable)
      let claimed = try #require(try await harness.progress(of: name).tracks.first)
      #expect(claimed.verified.accountability == .reported && claimed.hostClaim.accountability == .suspectsIdentified)
      for proposal in proposals.dropFirst() { #expect(try await harness.accept(proposal.name).state == .accepted) }
      #expect(try await failure { try await harness.accept(proposals[1].name) }?.reason == "RESOURCE_ENDED")
      #expect(try await harness.count("suspects") == 1)
      #expect(try await harness.count("proceedings") == 2)
      #expect(try await harness.count("proceeding_facts") == 1)
    }
  }

  @Test("what may not follow is refused when it is accepted, and the proposal waits on")
  func judgedThen() async throws {
    try await ProgressHarness.run { harness in
      let (name, proposal) = try await Self.undocumented(harness)
      let refusal = try await failure { try await harness.accept(proposal) }
      #expect(refusal?.metadata == ["conditions": "SOURCE_DOCUMENT"])
      let unsure = try await failure { try await harness.accept(proposal, as: .officer, .unspecified) }
      #expect(unsure?.code == .invalidArgument)
      let stale = try await failure { try await harness.accept(proposal, etag: "\"9\"") }
      #expect(stale?.code == .aborted)
      let waiting = try await harness.proposals(of: name, as: .prosecutor)
      #expect(waiting.map(\.state) == [.pending])
    }
  }

  @Test("a refusal says why, to the State too")
  func refused() async throws {
    try await ProgressHarness.run { harness in
      let (name, proposal) = try await Self.undocumented(harness)
      let denied = try await failure { try await harness.refuse(proposal, as: .prosecutor) }
      #expect(denied?.code == .permissionDenied)
      let refused = try await harness.refuse(proposal, as: .officer)
      #expect(refused.state == .refused && refused.decision == "No document")
      let told = try await harness.proposals(of: name, as: .prosecutor)
      #expect(told.map(\.decision) == ["No document"])
    }
  }

  /// A case, and a proposal of it to skip stages without a document.
  private static func undocumented(_ harness: ProgressHarness) async throws -> (name: String, proposal: String) {
    let name = try await harness.openCase()
    let proceeding = try await harness.proceeding(of: name)
    let track = try await harness.track(of: name, proceeding: proceeding.name)
    let proposal = try await harness.propose(name) {
      $0.assertion.track = track.name
      $0.assertion.assertion.stage.accountability = .trial
      $0.assertion.assertion.source = .hostState
      $0.assertion.assertion.certainty = .confirmed
    }
    return (name, proposal.name)
  }

  @Test("nobody accepts what it proposed itself; a State takes its own back")
  func twoPersons() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let own = try await harness.propose(name, as: .officer) {
        $0.suspect.alias = "Alpha"
        $0.suspect.status = .identified
      }
      #expect(try await failure { try await harness.accept(own.name) }?.metadata == ["conditions": "SECOND_PERSON"])
      _ = try await harness.accept(own.name, as: .secondOfficer)
      let theirs = try await harness.propose(name) {
        $0.suspect.alias = "Beta"
        $0.suspect.status = .identified
      }
      func withdraw(as person: Person) async throws -> PBProposal {
        let request = PBWithdrawProposalRequest.with {
          $0.name = theirs.name
          $0.reason = "mistaken"
          $0.requestID = freshRequestID()
        }
        return try await harness.progress.withdrawProposal(request, metadata: person.metadata)
      }
      #expect(try await failure { try await withdraw(as: .officer) }?.code == .permissionDenied)
      // Nor does one of the party in a role that proposes nothing.
      try await harness.proceeding(of: name)
      #expect(try await harness.progress(of: name, as: .clerk).current == .reported)
      #expect(try await failure { try await withdraw(as: .clerk) }?.code == .permissionDenied)
      #expect(try await withdraw(as: .colleague).state == .withdrawn)
      #expect(try await failure { try await harness.accept(theirs.name) }?.reason == "RESOURCE_ENDED")
      for change in ["state = 1", "decision = 'x'"] {
        await #expect(throws: (any Error).self) { try await harness.run("UPDATE case_proposals SET \(change)") }
      }
    }
  }

  @Test("who may not propose, or proposes nothing that can be, is refused")
  func refusals() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      for person in [Person.contributor, .auditor] {
        let denied = try await failure {
          try await harness.propose(name, as: person) {
            $0.suspect.alias = "Alpha"
            $0.suspect.status = .identified
          }
        }
        #expect(denied?.code == .permissionDenied)
      }
      #expect(try await failure { try await harness.propose(name) { _ in } }?.code == .invalidArgument)
      #expect(try await failure { try await harness.propose(name) { $0.suspect.alias = "" } }?.code == .invalidArgument)
      #expect(try await harness.count("case_proposals") == 0)
      // A State writes nothing by itself.
      for write in [
        { try await harness.suspect(of: name, as: .prosecutor).name },
        { try await harness.proceeding(of: name, as: .prosecutor).name },
        { try await harness.communication(of: name, .incoming, .update, as: .prosecutor).name },
      ] {
        #expect(try await failure(write)?.code == .permissionDenied)
      }
    }
  }
}
