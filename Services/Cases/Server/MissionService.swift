import AIP
import Authorization
import GRPCCore
import Policy
import Postgres
import Records
import VigilCasesAPI

/// `vigil.cases.v1.MissionService`: changes of missions and of where they are. Each method is in a file of its own in
/// `Methods/Missions`.
struct MissionService: PBMissionService.SimpleServiceProtocol {
  let ledger: CaseLedger
}

extension MissionService {
  /// Changes a mission or its hosts, for those who may write every case: who hosts a mission decides who sees which.
  ///
  /// - Throws: PERMISSION_DENIED for others; NOT_FOUND when there is no such mission.
  func change<Request: ChangeRequest, Response: ResourceMessage>(
    _ request: Request, _ context: ServerContext, of id: MissionID,
    _ body: (CaseChange, Mission) async throws -> Response
  ) async throws -> Response {
    try await ledger.record(request, [.core], context) { transaction in
      let anyCase = CaseFacts(id: RecordID(high: 0, low: 0), hats: [], incident: .always)
      let sight = CaseSight(try await ledger.gate.readers.current(), anyCase)
      try sight.require(.write, [.core])
      _ = try await transaction.execute(SetScope(scope: .everything), LockMission(id: id))
      return sight
    } _: { change in
      let (missions, hosts) = try await change.transaction.execute(SelectMissions(), SelectMissionHosts())
      guard var mission = missions.first(where: { $0.id == id }) else {
        throw ServiceError.notFound(type: "vigil.un.org/Mission", name: MissionName(id).description)
      }
      mission.hosts = hosts.filter { $0.mission == id }.map(\.host)
      return try await body(change, mission)
    }
  }

  /// Writes a host of a mission.
  ///
  /// - Throws: INVALID_ARGUMENT for one that ends before it begins; FAILED_PRECONDITION when another overlaps it.
  func write(_ host: MissionHost, of mission: Mission, _ change: CaseChange) async throws -> PBMissionHost {
    guard host.isPossible else {
      throw ServiceError.impossibleDate("end_date", "is before the first day", host.startDate ?? change.today)
    }
    if let other = mission.hosts.first(where: { $0.id != host.id && $0.overlaps(host) }) {
      throw ServiceError(
        .failedPrecondition, .resourceExists, "another period of the same State in the same role overlaps it",
        metadata: ["mission_host": MissionHostName(mission.id, other.id).description])
    }
    _ = try await change.transaction.execute(
      WriteMissionHost(mission: mission.id, host: host), TouchMission(id: mission.id))
    return PBMissionHost(host, of: mission.id)
  }
}

extension Mission {
  /// - Throws: NOT_FOUND when it has no such host.
  func host(_ name: MissionHostName) throws(ServiceError) -> MissionHost {
    guard let host = hosts.first(where: { $0.id == name.id }) else {
      throw .notFound(type: "vigil.un.org/MissionHost", name: name.description)
    }
    return host
  }
}
