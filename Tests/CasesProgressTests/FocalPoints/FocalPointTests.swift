import GRPCCore
import GRPCInProcessTransport
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

extension ProgressHarness {
  var focalPoints: PBFocalPointService.Client<InProcessTransport.Client> {
    PBFocalPointService.Client(wrapping: client)
  }

  /// UNTSO's focal point from 10 January 2020.
  @discardableResult
  func appoint(
    _ principal: Person = .focalPoint, as person: Person = .officer,
    _ change: (inout PBCreateFocalPointRequest) -> Void = { _ in }
  ) async throws -> PBFocalPoint {
    var request = PBCreateFocalPointRequest.with {
      $0.focalPoint.seat = .mission
      $0.focalPoint.mission = "missions/untso"
      $0.focalPoint.principal = principal.principalName
      $0.focalPoint.alternates = [Person.officer.principalName]
      $0.focalPoint.languages = ["en", "ar"]
      $0.focalPoint.startDate = Self.day(2020, 1, 10)
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await focalPoints.createFocalPoint(request, metadata: person.metadata)
  }

  @discardableResult
  func handOver(
    _ name: String, to successor: Person, on day: PBPartialDate, as person: Person = .officer, etag: String = ""
  ) async throws -> PBFocalPoint {
    let request = PBHandOverFocalPointRequest.with {
      $0.name = name
      $0.endDate = day
      $0.successor = successor.principalName
      $0.note = "Two cases wait for an answer."
      $0.etag = etag
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await focalPoints.handOverFocalPoint(request, metadata: person.metadata)
  }

  @discardableResult
  func acknowledge(_ name: String, as person: Person) async throws -> PBFocalPoint {
    let request = PBAcknowledgeHandoverRequest.with {
      $0.name = name
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await focalPoints.acknowledgeHandover(request, metadata: person.metadata)
  }

  @discardableResult
  func end(_ name: String, on day: PBPartialDate, as person: Person = .officer) async throws -> PBFocalPoint {
    let request = PBEndFocalPointRequest.with {
      $0.name = name
      $0.endDate = day
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await focalPoints.endFocalPoint(request, metadata: person.metadata)
  }

  /// The gap of UNTSO on a day.
  func gap(on day: PBPartialDate, as person: Person = .officer) async throws -> PBFocalPointGap? {
    try await focalPoints.listFocalPointGaps(.with { $0.date = day }, metadata: person.metadata).gaps.first {
      $0.mission == "missions/untso"
    }
  }
}

extension Person {
  var principalName: String { "principals/\(principal)" }
}

@Suite("Focal points")
struct FocalPointTests {
  private static func day(_ year: Int32, _ month: Int32, _ day: Int32) -> PBPartialDate {
    ProgressHarness.day(year, month, day)
  }

  @Test("a tenure begins, is handed over and acknowledged by the successor alone, and ends")
  func life() async throws {
    try await ProgressHarness.run { harness in
      let first = try await harness.appoint()
      let second = try await harness.handOver(first.name, to: .secondOfficer, on: Self.day(2020, 1, 31))
      #expect(second.startDate == Self.day(2020, 2, 1) && second.predecessor == first.name)
      #expect(second.handoverNote == "Two cases wait for an answer." && !second.hasAcknowledgeTime)
      for person in [Person.officer, .focalPoint, .prosecutor] {
        #expect(try await failure { try await harness.acknowledge(second.name, as: person) }?.code == .permissionDenied)
      }
      #expect(try await harness.acknowledge(second.name, as: .secondOfficer).hasAcknowledgeTime)
      let again = try await failure { try await harness.acknowledge(second.name, as: .secondOfficer) }
      #expect(again?.reason == "RESOURCE_ENDED")
      let once = try await failure { try await harness.end(first.name, on: Self.day(2020, 2, 3)) }
      #expect(once?.reason == "RESOURCE_ENDED")
      let backward = try await failure { try await harness.end(second.name, on: Self.day(2020, 1, 31)) }
      #expect(backward?.reason == "IMPOSSIBLE_DATE")
      #expect(try await harness.end(second.name, on: Self.day(2020, 6, 30)).endDate == Self.day(2020, 6, 30))
      func inOffice(_ filter: String) async throws -> [String] {
        try await harness.focalPoints.listFocalPoints(.with { $0.filter = filter }, metadata: Person.officer.metadata)
          .focalPoints.map(\.name)
      }
      #expect(try await inOffice("mission = UNTSO AND on = 2020-01-31") == [first.name])
      #expect(try await inOffice("seat = MISSION AND on = 2020-02-01") == [second.name])
      #expect(try await inOffice("on = 2020-07-01").isEmpty)
      #expect(try await inOffice("seat = SENIOR").isEmpty)
    }
  }

  @Test("the gaps are those of every seat that nobody holds, with since when")
  func gaps() async throws {
    try await ProgressHarness.run { harness in
      let never = try #require(try await harness.gap(on: Self.day(2020, 1, 5)))
      #expect(never.since == Self.day(1948, 5, 29) && !never.heldBefore)
      let first = try await harness.appoint()
      #expect(try await harness.gap(on: Self.day(2020, 1, 10)) == nil)
      try await harness.end(first.name, on: Self.day(2020, 2, 29))
      let after = try #require(try await harness.gap(on: Self.day(2021, 1, 1), as: .prosecutor))
      #expect(after.since == Self.day(2020, 3, 1) && after.heldBefore)
      let all = try await harness.focalPoints.listFocalPointGaps(.init(), metadata: Person.officer.metadata).gaps
      #expect(all.prefix(2).map(\.seat) == [.headquarters, .senior])
      #expect(all.contains { $0.mission == "missions/minusca" } && !all.contains { $0.mission == "missions/onuc" })
    }
  }

  @Test("two tenures of one seat do not overlap, whoever asks first")
  func overlaps() async throws {
    try await ProgressHarness.run { harness in
      let first = try await harness.appoint()
      let again = try await failure { try await harness.appoint(.secondOfficer) }
      #expect(again?.reason == "RESOURCE_EXISTS" && again?.metadata["focal_point"] == first.name)
      _ = try await harness.appoint {
        ($0.focalPoint.mission, $0.focalPoint.startDate) = ("missions/minusma", Self.day(2020, 1, 1))
      }
      // Two at once: one of them is told.
      let refusals = try await withThrowingTaskGroup(of: Failure?.self) { group in
        for _ in 0..<2 {
          group.addTask {
            try await failure {
              try await harness.appoint { ($0.focalPoint.seat, $0.focalPoint.mission) = (.senior, "") }
            }
          }
        }
        return try await group.reduce(into: [Failure?]()) { $0.append($1) }
      }
      #expect(refusals.compactMap { $0?.reason } == ["RESOURCE_EXISTS"])
      // The database refuses it too.
      await #expect(throws: (any Error).self) {
        try await harness.run(
          """
          INSERT INTO focal_points SELECT gen_random_uuid(), seat, mission_id, principal_id, alternates, languages, \
          start_date, end_date, NULL, note, NULL, 1, create_time FROM focal_points LIMIT 1
          """)
      }
      for sql in ["DELETE FROM focal_points", "UPDATE focal_points SET principal_id = gen_random_uuid()"] {
        await #expect(throws: (any Error).self) { try await harness.run(sql) }
      }
    }
  }

  @Test("headquarters appoints everywhere, a mission's focal point for its mission, and nobody else")
  func writers() async throws {
    try await ProgressHarness.run { harness in
      for person in Person.allCases where ![.officer, .secondOfficer, .focalPoint].contains(person) {
        #expect(try await failure { try await harness.appoint(as: person) }?.code == .permissionDenied)
      }
      let senior: (inout PBCreateFocalPointRequest) -> Void = {
        ($0.focalPoint.seat, $0.focalPoint.mission) = (.senior, "")
      }
      #expect(try await failure { try await harness.appoint(as: .focalPoint, senior) }?.code == .permissionDenied)
      let own = try await harness.appoint(as: .focalPoint)
      for person in [Person.foreignFocalPoint, .prosecutor, .auditor, .systemOperator, .counsel] {
        let refusal = try await failure { try await harness.end(own.name, on: Self.day(2020, 2, 1), as: person) }
        #expect(refusal?.code == .permissionDenied)
        let handed = try await failure {
          try await harness.handOver(own.name, to: .officer, on: Self.day(2020, 2, 1), as: person)
        }
        #expect(handed?.code == .permissionDenied)
      }
      #expect(try await harness.count("focal_points") == 1)
    }
  }

  @Test("who the person is, is for the United Nations' own readers")
  func persons() async throws {
    try await ProgressHarness.run { harness in
      let first = try await harness.appoint()
      let second = try await harness.handOver(first.name, to: .secondOfficer, on: Self.day(2020, 1, 31))
      func seen(_ person: Person) async throws -> PBFocalPoint {
        try await harness.focalPoints.getFocalPoint(.with { $0.name = second.name }, metadata: person.metadata)
      }
      for person in [Person.officer, .focalPoint, .foreignFocalPoint, .counsel, .auditor] {
        let full = try await seen(person)
        #expect(full.principal == Person.secondOfficer.principalName && full.redactions.isEmpty)
      }
      for person in [Person.prosecutor, .contributor, .stranger, .union, .council, .systemOperator] {
        let shown = try await seen(person)
        #expect(shown.principal.isEmpty && shown.alternates.isEmpty && shown.handoverNote.isEmpty)
        #expect(Set(shown.redactions.map(\.field)) == ["principal", "alternates", "handover_note"])
        #expect(shown.mission == "missions/untso" && shown.startDate == Self.day(2020, 2, 1))
      }
    }
  }

  /// What an appointment cannot be.
  static let bad: [(String, @Sendable (inout PBFocalPoint) -> Void)] = [
    ("seat", { $0.seat = .unspecified }), ("mission", { $0.mission = "" }), ("mission", { $0.seat = .senior }),
    ("principal", { $0.principal = "principals/0190b5a2-7c3e-7abc-8def-0123456789ab" }),
    ("principal", { $0.principal = "Jane Doe" }), ("languages", { $0.languages = ["english"] }),
    ("start_date", { $0.startDate = ProgressHarness.day(2020, 1) }), ("start_date", { $0.clearStartDate() }),
    ("end_date", { $0.endDate = ProgressHarness.day(2020, 1, 9) }),
    ("alternates", { $0.alternates = Array(repeating: Person.officer.principalName, count: 11) }),
  ]

  @Test("what cannot be is refused by the name of its field", arguments: bad.indices)
  func badFields(_ index: Int) async throws {
    try await ProgressHarness.run { harness in
      let (field, change) = Self.bad[index]
      let refusal = try await failure { try await harness.appoint { change(&$0.focalPoint) } }
      #expect(refusal?.code == .invalidArgument && refusal?.message.hasPrefix("focal_point.\(field)") == true)
    }
  }
}
