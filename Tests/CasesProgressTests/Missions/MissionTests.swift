import GRPCCore
import GRPCInProcessTransport
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

extension ProgressHarness {
  var missions: PBMissionService.Client<InProcessTransport.Client> { PBMissionService.Client(wrapping: client) }

  func mission(_ id: String = "untso") async throws -> PBMission {
    try await cases.getMission(.with { $0.name = "missions/\(id)" }, metadata: Person.officer.metadata)
  }

  @discardableResult
  func addHost(
    _ state: String, from start: PBPartialDate? = nil, until end: PBPartialDate? = nil, as person: Person = .officer,
    _ change: (inout PBCreateMissionHostRequest) -> Void = { _ in }
  ) async throws -> PBMissionHost {
    var request = PBCreateMissionHostRequest.with {
      $0.parent = "missions/untso"
      $0.missionHost.state = state
      $0.missionHost.role = .hostState
      if let start { $0.missionHost.startDate = start }
      if let end { $0.missionHost.endDate = end }
      $0.missionHost.agreement = "SOFA/1"
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await missions.createMissionHost(request, metadata: person.metadata)
  }

  @discardableResult
  func endHost(
    _ name: String, _ end: PBEndMissionHostRequest.OneOf_End, as person: Person = .officer, etag: String = ""
  ) async throws -> PBMissionHost {
    let request = PBEndMissionHostRequest.with {
      $0.name = name
      $0.end = end
      $0.etag = etag
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await missions.endMissionHost(request, metadata: person.metadata)
  }

  /// Whether the person sees the case, and the host States that it shows.
  func hosts(of name: String, as person: Person) async throws -> [String]? {
    do {
      return try await cases.getCase(.with { $0.name = name }, metadata: person.metadata).hostStates
    } catch let error as RPCError where error.code == .notFound {
      return nil
    }
  }
}

@Suite("Changes of missions and their hosts")
struct MissionTests {
  private static func day(_ year: Int32, _ month: Int32 = 0, _ day: Int32 = 0) -> PBPartialDate {
    ProgressHarness.day(year, month, day)
  }

  @Test("a State sees the cases of a mission from the moment at which it is its host, and no longer")
  func invariantTwo() async throws {
    try await ProgressHarness.run { harness in
      // Of May 2020; the State that nobody knows, XCC, has nothing to do with it.
      let name = try await harness.openCase()
      let before = try #require(try await harness.hosts(of: name, as: .officer))
      #expect(try await harness.hosts(of: name, as: .stranger) == nil && !before.contains("XCC"))
      let host = try await harness.addHost("XCC", from: Self.day(2019), until: Self.day(2021))
      #expect(try await harness.hosts(of: name, as: .stranger) == (before + ["XCC"]).sorted())
      #expect(try await harness.progress(of: name, as: .stranger).current == .reported)
      // That it ended, it keeps what happened until then.
      try await harness.endHost(host.name, .endDate(Self.day(2020, 5)))
      #expect(try await harness.hosts(of: name, as: .stranger)?.contains("XCC") == true)
      try await harness.endHost(host.name, .endDate(Self.day(2020, 4, 30)))
      #expect(try await harness.hosts(of: name, as: .stranger) == nil)
      #expect(try await harness.hosts(of: name, as: .officer) == before)
    }
  }

  @Test("what was an error gives nothing, and stays on record as having been so")
  func inError() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let host = try await harness.addHost("XCC")
      #expect(try await harness.hosts(of: name, as: .stranger) != nil)
      #expect(try await failure { try await harness.endHost(host.name, .inError(false)) }?.code == .invalidArgument)
      let stale = try await failure { try await harness.endHost(host.name, .inError(true), etag: "\"zz\"") }
      #expect(stale?.code == .aborted)
      try await harness.endHost(host.name, .inError(true), etag: host.etag)
      #expect(try await harness.hosts(of: name, as: .stranger) == nil)
      #expect(try await failure { try await harness.endHost(host.name, .inError(true)) }?.code == .notFound)
      #expect(try await harness.count("mission_host_versions WHERE state = 'XCC' AND ended_at < 'infinity'") == 1)
      await #expect(throws: (any Error).self) { try await harness.run("DELETE FROM mission_host_versions") }
    }
  }

  @Test("headquarters changes missions and hosts, and nobody else")
  func writers() async throws {
    try await ProgressHarness.run { harness in
      let mission = try await harness.mission()
      let host = try #require(mission.hosts.first)
      for person in Person.allCases where ![.officer, .secondOfficer].contains(person) {
        let calls: [() async throws -> any Sendable] = [
          { try await harness.addHost("XCC", as: person) },
          { try await harness.endHost(host.name, .inError(true), as: person) },
          { try await harness.update(mission, ["note"], as: person) },
          { try await harness.update(host, ["agreement"], as: person) },
        ]
        for call in calls { #expect(try await failure { try await call() }?.code == .permissionDenied) }
      }
      #expect(try await harness.mission() == mission)
    }
  }

  @Test("a change of a host is one of its mission; one that is only tried is none")
  func revisions() async throws {
    try await ProgressHarness.run { harness in
      let before = try await harness.mission()
      let tried = try await harness.addHost("XCC") { $0.validateOnly = true }
      #expect(tried.name.isEmpty && tried.agreement == "SOFA/1")
      #expect(try await harness.mission() == before)
      var host = try await harness.addHost("XCC", from: Self.day(2019))
      let added = try await harness.mission()
      #expect(added.etag != before.etag && added.hosts.contains(host) && !host.reviewed)
      let overlap = try await failure { try await harness.addHost("XCC", from: Self.day(2020)) }
      #expect(overlap?.reason == "RESOURCE_EXISTS" && overlap?.metadata["mission_host"] == host.name)
      _ = try await harness.addHost("XCC", until: Self.day(2018))
      host.reviewed = true
      host.agreement = "SOFA/2"
      let changed = try await harness.update(host, ["reviewed", "agreement"])
      #expect(changed.reviewed && changed.agreement == "SOFA/2" && changed.startDate == Self.day(2019))
      #expect(try await failure { try await harness.update(host, ["reviewed"]) }?.code == .aborted)
      host.etag = changed.etag
      host.clearStartDate()
      #expect(try await failure { try await harness.update(host, ["start_date"]) }?.reason == "RESOURCE_EXISTS")
      host.endDate = Self.day(2018)
      #expect(try await failure { try await harness.update(host, ["end_date"]) }?.reason == "IMPOSSIBLE_DATE")
    }
  }

  @Test("a mission's dates are possible, and it is not active once it has ended")
  func missions() async throws {
    try await ProgressHarness.run { harness in
      var mission = try await harness.mission()
      mission.note = "Changed."
      let changed = try await harness.update(mission, ["note"])
      #expect(changed.note == "Changed." && changed.etag != mission.etag && changed.hosts == mission.hosts)
      #expect(try await failure { try await harness.update(mission, ["note"]) }?.code == .aborted)
      mission.etag = changed.etag
      mission.endDate = Self.day(1940)
      #expect(try await failure { try await harness.update(mission, ["end_date"]) }?.reason == "IMPOSSIBLE_DATE")
      mission.endDate = Self.day(2023, 6)
      #expect(try await failure { try await harness.update(mission, ["end_date"]) }?.code == .invalidArgument)
      mission.active = false
      let ended = try await harness.update(mission, ["end_date", "active"])
      #expect(!ended.active && ended.endDate == Self.day(2023, 6))
      #expect(try await failure { try await harness.update(mission, ["code"]) }?.reason == "INVALID_FIELD_MASK")
      let nowhere = PBMission.with { ($0.name, $0.note) = ("missions/none", "x") }
      #expect(try await failure { try await harness.update(nowhere, []) }?.code == .notFound)
    }
  }
}

extension ProgressHarness {
  @discardableResult
  fileprivate func update(
    _ mission: PBMission, _ paths: [String], as person: Person = .officer
  ) async throws -> PBMission {
    let request = PBUpdateMissionRequest.with {
      $0.mission = mission
      $0.updateMask.paths = paths
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await missions.updateMission(request, metadata: person.metadata)
  }

  @discardableResult
  fileprivate func update(
    _ host: PBMissionHost, _ paths: [String], as person: Person = .officer
  ) async throws -> PBMissionHost {
    let request = PBUpdateMissionHostRequest.with {
      $0.missionHost = host
      $0.updateMask.paths = paths
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await missions.updateMissionHost(request, metadata: person.metadata)
  }
}
