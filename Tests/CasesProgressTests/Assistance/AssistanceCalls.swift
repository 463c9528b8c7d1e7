import GRPCCore
import GRPCInProcessTransport
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

// Short forms of calls of the register of assistance, as a case officer of headquarters unless told otherwise.
extension ProgressHarness {
  var assistance: PBAssistanceService.Client<InProcessTransport.Client> { PBAssistanceService.Client(wrapping: client) }

  /// A request of Egypt in UNTSO for forensics.
  @discardableResult
  func ask(
    as person: Person = .officer, for cases: [String] = [],
    _ change: (inout PBCreateAssistanceRequestRequest) -> Void = { _ in }
  ) async throws -> PBAssistanceRequest {
    var request = PBCreateAssistanceRequestRequest.with {
      $0.assistanceRequest.mission = "missions/untso"
      $0.assistanceRequest.hostState = "EGY"
      $0.assistanceRequest.authority = "Office of the Prosecutor General"
      $0.assistanceRequest.types = [.forensics]
      $0.assistanceRequest.gaps = ["no laboratory"]
      $0.assistanceRequest.cases = cases
      $0.assistanceRequest.requestDate = Self.day(2021, 3, 4)
      $0.assistanceRequest.document = "NV/7"
      $0.assistanceRequest.detail = "Ballistics"
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await assistance.createAssistanceRequest(request, metadata: person.metadata)
  }

  @discardableResult
  func step(
    _ name: String, to state: PBAssistanceRequest.State, as person: Person = .officer, etag: String = ""
  ) async throws -> PBAssistanceRequest {
    let request = PBTransitionAssistanceRequestRequest.with {
      $0.name = name
      $0.state = state
      $0.etag = etag
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await assistance.transitionAssistanceRequest(request, metadata: person.metadata)
  }

  @discardableResult
  func change(
    _ message: PBAssistanceRequest, _ paths: [String], as person: Person = .officer
  ) async throws -> PBAssistanceRequest {
    let request = PBUpdateAssistanceRequestRequest.with {
      $0.assistanceRequest = message
      $0.updateMask.paths = paths
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await assistance.updateAssistanceRequest(request, metadata: person.metadata)
  }

  /// A request that is accepted.
  func accepted(for cases: [String] = []) async throws -> PBAssistanceRequest {
    let asked = try await ask(for: cases)
    try await change(.with { ($0.name, $0.mandateBasis) = (asked.name, "S/RES/2589 (2021)") }, ["mandate_basis"])
    return try await step(asked.name, to: .accepted)
  }

  @discardableResult
  func deliver(
    _ answered: String, by provider: String = "AU", for cases: [String] = [], as person: Person = .officer,
    _ change: (inout PBAssistanceDelivery) -> Void = { _ in }
  ) async throws -> PBAssistanceDelivery {
    var request = PBCreateAssistanceDeliveryRequest.with {
      $0.assistanceDelivery.request = answered
      $0.assistanceDelivery.types = [.forensics]
      $0.assistanceDelivery.modalities = [.technical, .equipment]
      $0.assistanceDelivery.provider = provider
      $0.assistanceDelivery.mandateBasis = "S/RES/2589 (2021)"
      $0.assistanceDelivery.humanRightsAssessment = .pending
      $0.assistanceDelivery.value.currencyCode = "USD"
      $0.assistanceDelivery.value.units = 12_000
      $0.assistanceDelivery.startDate = Self.day(2021, 5, 6)
      $0.assistanceDelivery.cases = cases
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request.assistanceDelivery)
    return try await assistance.createAssistanceDelivery(request, metadata: person.metadata)
  }

  func requests(
    as person: Person, filter: String = "", pageSize: Int32 = 0
  ) async throws -> [PBAssistanceRequest] {
    var request = PBListAssistanceRequestsRequest.with {
      $0.filter = filter
      $0.pageSize = pageSize
    }
    var found: [PBAssistanceRequest] = []
    repeat {
      let page = try await assistance.listAssistanceRequests(request, metadata: person.metadata)
      found += page.assistanceRequests
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return found
  }

  func deliveries(as person: Person, filter: String = "") async throws -> [PBAssistanceDelivery] {
    try await assistance.listAssistanceDeliveries(.with { $0.filter = filter }, metadata: person.metadata)
      .assistanceDeliveries
  }

  func request(_ name: String, as person: Person) async throws -> PBAssistanceRequest {
    try await assistance.getAssistanceRequest(.with { $0.name = name }, metadata: person.metadata)
  }

  /// Why somebody may not ask for a State in a mission; nil where it may.
  func refusal(
    of person: Person, for state: String = "EGY", in mission: String = "missions/untso"
  ) async throws -> Failure? {
    try await failure {
      try await ask(as: person) {
        $0.assistanceRequest.hostState = state
        $0.assistanceRequest.mission = mission
      }
    }
  }

  /// Why a case officer's request is refused that was changed so.
  func refusal(of change: (inout PBAssistanceRequest) -> Void) async throws -> Failure? {
    try await failure { try await ask { change(&$0.assistanceRequest) } }
  }
}
