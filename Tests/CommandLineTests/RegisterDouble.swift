import GRPCCore
import GRPCInProcessTransport
import SwiftProtobuf
import Synchronization
import VigilCasesAPI
import VigilTypeAPI

/// A register of three cases that pages by position.
final class RegisterDouble: PBCaseService.SimpleServiceProtocol {
  let imports = ImportDouble()
  private let requests = Mutex<[PBListCasesRequest]>([])

  /// The list requests so far.
  var listed: [PBListCasesRequest] { requests.withLock { $0 } }

  static let cases: [PBCase] = (1...3).map { number in
    .with {
      $0.name = "cases/\(number)"
      $0.displayNumber = "MINUSMA-2019-00\(number)"
      $0.mission = "missions/minusma"
      $0.incidentDate = .with { $0.year = 2019 }
      $0.act = .killing
      $0.state = .triage
      $0.victimCount = 1
      $0.hostStates = ["MLI"]
      $0.victims = [.with { $0.casualtyID = "MINUSMA-2019-05-00012" }]
      guard number == 3 else { return }
      $0.classification = .strictlyConfidential
      $0.caveats = [.sgbv, .minor]
      $0.redactions = [
        redaction("victims", .countOnly, .caveat), redaction("incident_date", .generalise, .summaryOnly),
      ]
      $0.victims = [.with { $0.redactions = [redaction("casualty_id", .drop, .embargo)] }]
    }
  }

  private static func redaction(
    _ field: String, _ transform: PBTransform, _ reason: PBRedactionReason
  ) -> PBRedaction {
    .with {
      $0.field = field
      $0.transform = transform
      $0.reason = reason
    }
  }

  func getCase(request: PBGetCaseRequest, context: ServerContext) async throws -> PBCase {
    guard let found = Self.cases.first(where: { $0.name == request.name }) else {
      throw RPCError(code: .notFound, message: "There is no case \(request.name).")
    }
    return found
  }

  func listCases(request: PBListCasesRequest, context: ServerContext) async throws -> PBListCasesResponse {
    requests.withLock { $0.append(request) }
    let start = Int(request.pageToken) ?? 0
    let end = min(Self.cases.count, start + max(1, Int(request.pageSize)))
    return .with {
      $0.cases = Self.cases[start..<end].map { found in
        found.with { if request.view != .full { $0.victims = [] } }
      }
      $0.nextPageToken = end < Self.cases.count ? String(end) : ""
    }
  }

  func getMission(request: PBGetMissionRequest, context: ServerContext) async throws -> PBMission {
    .with {
      $0.name = request.name
      $0.code = "MINUSMA"
      $0.hosts = [.with { $0.state = "MLI" }]
    }
  }

  func listMissions(request: PBListMissionsRequest, context: ServerContext) async throws -> PBListMissionsResponse {
    PBListMissionsResponse()
  }

  /// Runs `work` with a client of this register.
  func serve(_ work: (GRPCClient<InProcessTransport.Client>) async throws -> Void) async throws {
    let transport = InProcessTransport()
    try await withGRPCServer(transport: transport.server, services: [self, imports, HealthDouble()]) { _ in
      try await withGRPCClient(transport: transport.client, handleClient: work)
    }
  }
}

extension PBCase {
  /// A copy with a change.
  fileprivate func with(_ change: (inout PBCase) -> Void) -> PBCase {
    var copy = self
    change(&copy)
    return copy
  }
}
