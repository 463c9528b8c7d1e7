import GRPCCore
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

// Short forms of calls, as a case officer of headquarters unless told otherwise.
extension ProgressHarness {
  static func day(_ year: Int32, _ month: Int32 = 0, _ day: Int32 = 0) -> PBPartialDate {
    .with {
      $0.year = year
      $0.month = month
      $0.day = day
    }
  }

  /// A case of UNTSO of May 2020 as a draft.
  func draft(
    as person: Person = .officer, _ change: (inout PBCreateCaseRequest) -> Void = { _ in }
  ) async throws -> PBCase {
    var request = PBCreateCaseRequest.with {
      $0.case.mission = "missions/untso"
      $0.case.incidentDate = Self.day(2020, 5, 10)
      $0.case.act = .killing
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await lifecycle.createCase(request, metadata: person.metadata)
  }

  /// The same, open, with a victim from the contributing State.
  func openCase() async throws -> String {
    let name = try await draft().name
    try await run(
      """
      INSERT INTO victims (id, case_id, category, nationality_code, nationality_name, sex, harm, casualty_id, \
      incident_type) VALUES (gen_random_uuid(), '\(name.dropFirst(6))', 1, 'XAA', 'Xandria', 0, 1, '', 1)
      """)
    _ = try await transition(name, to: .triage)
    _ = try await transition(name, to: .open)
    return name
  }

  @discardableResult
  func transition(
    _ name: String, to state: PBCase.State, as person: Person = .officer, etag: String = "", reason: String = "test",
    requestID: String = freshRequestID()
  ) async throws -> PBCaseLifecycle {
    let request = PBTransitionCaseRequest.with {
      $0.name = name + "/lifecycle"
      $0.state = state
      $0.etag = etag
      $0.reason = reason
      $0.requestID = requestID
    }
    return try await lifecycle.transitionCase(request, metadata: person.metadata)
  }

  func lifecycle(
    of name: String, as person: Person = .officer, at time: Google_Protobuf_Timestamp? = nil
  ) async throws -> PBCaseLifecycle {
    var request = PBGetCaseLifecycleRequest.with { $0.name = name + "/lifecycle" }
    if let time { request.readTime = time }
    return try await lifecycle.getCaseLifecycle(request, metadata: person.metadata)
  }

  func progress(
    of name: String, as person: Person = .officer, at time: Google_Protobuf_Timestamp? = nil
  ) async throws -> PBCaseProgress {
    var request = PBGetCaseProgressRequest.with { $0.name = name + "/progress" }
    if let time { request.readTime = time }
    return try await progress.getCaseProgress(request, metadata: person.metadata)
  }

  func timeline(
    of name: String, as person: Person = .officer, pageSize: Int32 = 0, at time: Google_Protobuf_Timestamp? = nil
  ) async throws -> [PBTimelineEntry] {
    var request = PBListTimelineRequest.with {
      $0.parent = name
      $0.pageSize = pageSize
    }
    if let time { request.readTime = time }
    var entries: [PBTimelineEntry] = []
    repeat {
      let page = try await progress.listTimeline(request, metadata: person.metadata)
      #expect(pageSize == 0 || page.entries.count <= Int(pageSize))
      entries += page.entries
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return entries
  }

  @discardableResult
  func communication(
    of name: String, _ direction: PBCommunication.Direction, _ act: PBCommunication.Act, with party: String = "EGY",
    as person: Person = .officer
  ) async throws -> PBCommunication {
    let request = PBCreateCommunicationRequest.with {
      $0.parent = name
      $0.communication.kind = .noteVerbale
      $0.communication.direction = direction
      $0.communication.act = act
      $0.communication.party = party
      $0.communication.sentDate = Self.day(2020, 5, 12)
      $0.communication.symbol = "NV/12"
      $0.communication.subject = "About the incident"
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await progress.createCommunication(request, metadata: person.metadata)
  }

  @discardableResult
  func proceeding(
    of name: String, _ forum: PBProceeding.Forum = .hostCivil, of party: String = "EGY", as person: Person = .officer
  ) async throws -> PBProceeding {
    let request = PBCreateProceedingRequest.with {
      $0.parent = name
      $0.proceeding.forum = forum
      $0.proceeding.party = party
      $0.proceeding.authority = "Public prosecutor"
      $0.proceeding.docket = "2020/1"
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await progress.createProceeding(request, metadata: person.metadata)
  }

  @discardableResult
  func fact(
    of proceeding: String, _ kind: PBProceedingFact.Kind, on date: PBPartialDate? = nil, as person: Person = .officer
  ) async throws -> PBProceedingFact {
    let request = PBCreateProceedingFactRequest.with {
      $0.parent = proceeding
      $0.fact.kind = kind
      if let date { $0.fact.date = date }
      $0.fact.detail = "Detail"
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await progress.createProceedingFact(request, metadata: person.metadata)
  }

  @discardableResult
  func suspect(
    of name: String, _ alias: String = "Alpha", as person: Person = .officer
  ) async throws -> PBSuspect {
    let request = PBCreateSuspectRequest.with {
      $0.parent = name
      $0.suspect.alias = alias
      $0.suspect.affiliation = "Group"
      $0.suspect.status = .identified
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await progress.createSuspect(request, metadata: person.metadata)
  }

  func track(
    of name: String, proceeding: String = "", suspect: String = "", as person: Person = .officer
  ) async throws -> PBTrack {
    let request = PBCreateTrackRequest.with {
      $0.parent = name
      $0.track.kind = proceeding.isEmpty ? .diplomatic : .accountability
      $0.track.proceeding = proceeding
      $0.track.suspect = suspect
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await progress.createTrack(request, metadata: person.metadata)
  }

  @discardableResult
  func assert(
    _ stage: PBAccountabilityStage, of track: String, by source: PBAssertionSource = .hostState,
    _ certainty: PBCertainty = .confirmed, as person: Person = .officer,
    _ change: (inout PBCreateStageAssertionRequest) -> Void = { _ in }
  ) async throws -> PBStageAssertion {
    var request = PBCreateStageAssertionRequest.with {
      $0.parent = track
      $0.assertion.stage.accountability = stage
      $0.assertion.source = source
      $0.assertion.certainty = certainty
      $0.assertion.document = "A/75/1"
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await progress.createStageAssertion(request, metadata: person.metadata)
  }

  func assertions(
    of track: String, as person: Person = .officer, at time: Google_Protobuf_Timestamp? = nil
  ) async throws -> [PBStageAssertion] {
    var request = PBListStageAssertionsRequest.with { $0.parent = track }
    if let time { request.readTime = time }
    return try await progress.listStageAssertions(request, metadata: person.metadata).assertions
  }

  func propose(
    _ name: String, as person: Person = .prosecutor, _ change: (inout PBProposedChange) -> Void
  ) async throws -> PBProposal {
    let request = PBCreateProposalRequest.with {
      $0.parent = name
      change(&$0.proposal.change)
      $0.reason = "proposed"
      $0.requestID = freshRequestID()
    }
    return try await progress.createProposal(request, metadata: person.metadata)
  }

  func accept(
    _ proposal: String, as person: Person = .officer, _ certainty: PBCertainty = .confirmed, etag: String = ""
  ) async throws -> PBProposal {
    let request = PBAcceptProposalRequest.with {
      $0.name = proposal
      $0.certainty = certainty
      $0.etag = etag
      $0.reason = "accepted"
      $0.requestID = freshRequestID()
    }
    return try await progress.acceptProposal(request, metadata: person.metadata)
  }

  func refuse(_ proposal: String, as person: Person) async throws -> PBProposal {
    let request = PBRefuseProposalRequest.with {
      $0.name = proposal
      $0.reason = "No document"
      $0.requestID = freshRequestID()
    }
    return try await progress.refuseProposal(request, metadata: person.metadata)
  }

  func proposals(of name: String, as person: Person) async throws -> [PBProposal] {
    let request = PBListProposalsRequest.with { $0.parent = name }
    return try await progress.listProposals(request, metadata: person.metadata).proposals
  }

  func close(
    _ name: String, _ outcome: PBClosureOutcome, document: String = "", as person: Person = .officer
  ) async throws -> PBClosure {
    let request = PBProposeClosureRequest.with {
      $0.parent = name
      $0.closure.outcome = outcome
      $0.closure.document = document
      $0.reason = "to be closed"
      $0.requestID = freshRequestID()
    }
    return try await lifecycle.proposeClosure(request, metadata: person.metadata)
  }

  func classify(
    _ name: String, _ classification: PBClassification, as person: Person = .officer,
    _ change: (inout PBProposeRegradingRequest) -> Void = { _ in }
  ) async throws -> PBRegrading {
    var request = PBProposeRegradingRequest.with {
      $0.parent = name
      $0.regrading.classification = classification
      $0.reason = "classified anew"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await lifecycle.proposeRegrading(request, metadata: person.metadata)
  }

  func decide(
    _ state: PBRegrading.State, _ regrading: String, as person: Person = .secondOfficer,
    etag: String = ""
  ) async throws -> PBRegrading {
    guard state == .confirmed else {
      let request = PBRefuseRegradingRequest.with {
        $0.name = regrading
        $0.etag = etag
        $0.reason = "refused"
        $0.requestID = freshRequestID()
      }
      return try await lifecycle.refuseRegrading(request, metadata: person.metadata)
    }
    let request = PBConfirmRegradingRequest.with {
      $0.name = regrading
      $0.etag = etag
      $0.reason = "agreed"
      $0.requestID = freshRequestID()
    }
    return try await lifecycle.confirmRegrading(request, metadata: person.metadata)
  }

  @discardableResult
  func confirm(_ closure: String, as person: Person = .secondOfficer, etag: String = "") async throws -> PBClosure {
    let request = PBConfirmClosureRequest.with {
      $0.name = closure
      $0.etag = etag
      $0.reason = "confirmed"
      $0.requestID = freshRequestID()
    }
    return try await lifecycle.confirmClosure(request, metadata: person.metadata)
  }
}
