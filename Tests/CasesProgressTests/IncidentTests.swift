import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("What happened")
struct IncidentTests {
  private static let attack = PBIncident.with {
    $0.occurred = "2020-05-10T14:30~"
    $0.zone = "Africa/Cairo"
    $0.reportTime.seconds = 1_589_200_000
    $0.territorialState = "EGY"
    $0.admin1 = "Sinai"
    $0.place = "Checkpoint 7"
    $0.point.latitude = 30.1234
    $0.point.longitude = 33.4567
    $0.point.radiusMeters = 200
    $0.contexts = [.ambush]
    $0.means = [.roadsideIed, .smallArms]
    $0.acts = [.killing]
    $0.targets = [.patrol]
    $0.narrative = "A patrol was fired at.\nالدورية"
    $0.narrativeLanguage = "en"
    $0.source = .mission
    $0.certainty = .probable
    $0.externalIds = [
      .with {
        $0.system = .sage
        $0.id = "S-1"
      }
    ]
  }

  @Test("core and operational detail are shown each by its class, in every method")
  func classes() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let made = try await harness.incident(of: name, Self.attack)
      var expected = Self.attack
      expected.name = made.name
      (expected.etag, expected.knownDate, expected.createTime) = (made.etag, made.knownDate, made.createTime)
      #expect(made == expected && made.etag == "\"1\"")
      for person in [Person.officer, .focalPoint] { #expect(try await harness.incident(made.name, as: person) == made) }

      // The host State: what happened, not where exactly and how.
      let host = try await harness.incident(made.name, as: .prosecutor)
      #expect(host.occurred == "2020-05-10~" && host.admin1 == "Sinai" && host.acts == [.killing])
      #expect(!host.hasPoint && host.place.isEmpty && host.means.isEmpty && host.narrative.isEmpty && host.zone.isEmpty)
      #expect(host.externalIds.isEmpty && !host.hasReportTime && host.etag.isEmpty)
      #expect(host.redactions.allSatisfy { $0.dataClass == .exact && $0.reason == .grantRequired })
      #expect(Set(host.redactions.map(\.field)).isSuperset(of: ["occurred", "point", "place", "narrative", "means"]))
      // A contributor has the point to a tenth of a degree.
      let contributor = try await harness.incident(made.name, as: .contributor)
      #expect(contributor.point.latitude == 30.1 && contributor.point.longitude == 33.5)
      #expect(
        contributor.point.radiusMeters == 8000 && contributor.place.isEmpty && contributor.occurred == "2020-05-10~")
      // An auditor reads all of it, and changes nothing.
      let audited = try await harness.incident(made.name, as: .auditor)
      #expect(audited.narrative == Self.attack.narrative && audited.etag.isEmpty && audited.redactions.isEmpty)

      for person in [Person.officer, .prosecutor, .contributor, .auditor] {
        let shown = try await harness.incident(made.name, as: person)
        #expect(try await harness.incidents(of: name, as: person) == [shown], "\(person)")
        #expect(try await harness.accounts(of: made.name, as: person) == [shown], "\(person)")
      }
      let absent = try await failure { try await harness.incident("\(name)/incidents/\(name.dropFirst(6))") }
      for person in [Person.stranger, .foreignFocalPoint, .foreignCourt] {
        let hidden = try await failure { try await harness.incident(made.name, as: person) }
        #expect(hidden == absent && hidden?.code == .notFound, "\(person)")
        #expect(try await failure { try await harness.incidents(of: name, as: person) }?.code == .notFound)
      }
    }
  }

  @Test("an account is never changed: a later one stands for the incident, and what was known then can be asked")
  func history() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let before = harness.time.now
      harness.advance(86_400)
      let first = try await harness.incident(of: name, Self.attack)
      let then = harness.time.now
      harness.advance(86_400)
      let second = try await harness.account(of: first.name, ["certainty", "place", "source"], as: .focalPoint) {
        $0.etag = first.etag
        $0.certainty = .confirmed
        $0.source = .unHq
      }
      #expect(second.name == first.name && second.etag != first.etag && second.place.isEmpty)
      #expect(second.certainty == .confirmed && second.narrative == first.narrative)
      #expect(second.knownDate.day == first.knownDate.day + 1)
      #expect(try await harness.incident(first.name) == second)
      #expect(try await harness.incident(first.name, at: then) == first)
      #expect(try await harness.accounts(of: first.name) == [first, second])
      #expect(try await harness.accounts(of: first.name, at: then) == [first])
      #expect(try await harness.incidents(of: name, at: before).isEmpty)
      let early = try await failure { try await harness.incident(first.name, at: before) }
      #expect(early?.code == .notFound)

      let stale = try await failure {
        try await harness.account(of: first.name, ["place"]) { $0.etag = first.etag }
      }
      #expect(stale?.code == .aborted && stale?.reason == "ETAG_MISMATCH")
      for statement in ["UPDATE incident_accounts SET place = ''", "DELETE FROM incident_accounts"] {
        await #expect(throws: (any Error).self) { try await harness.run(statement) }
      }
    }
  }

  static let impossible: [(String, @Sendable (inout PBIncident) -> Void)] = [
    ("incident.occurred", { $0.occurred = "" }), ("incident.occurred", { $0.occurred = "yesterday" }),
    ("incident.occurred", { $0.occurred = "2020-05-11" }), ("incident.occurred", { $0.occurred = "2020-05-10/2030" }),
    ("incident.zone", { $0.zone = "a b" }), ("incident.territorial_state", { $0.territorialState = "YUG" }),
    ("incident.territorial_state", { $0.territorialState = "WWW" }),
    ("incident.admin1", { $0.admin1 = "a\u{202E}b" }), ("incident.place", { $0.place = "a\u{0}" }),
    ("incident.point", { $0.point.latitude = 91 }), ("incident.point", { $0.point.longitude = .nan }),
    ("incident.acts", { $0.acts = [] }), ("incident.acts", { $0.acts = [.UNRECOGNIZED(99)] }),
    ("incident.means", { $0.means = [PBAttackMeans](repeating: .mine, count: 1000) }),
    ("incident.narrative", { $0.narrative = String(repeating: "x", count: 10_001) }),
    ("incident.narrative", { $0.narrative = "a\u{8}" }), ("incident.narrative", { $0.narrative = "a\n\u{2067}b" }),
    ("incident.narrative_language", { $0.narrativeLanguage = "" }),
    ("incident.narrative_language", { $0.narrativeLanguage = "français" }),
    ("incident.source", { $0.source = .unspecified }), ("incident.certainty", { $0.certainty = .UNRECOGNIZED(9) }),
    ("incident.external_ids[0].system", { $0.externalIds[0].system = .unspecified }),
    ("incident.external_ids[0].id", { $0.externalIds[0].id = "" }),
    ("incident.report_time", { $0.reportTime.seconds = 1_588_000_000 }),
    ("incident.ongoing", { $0.ongoing = true }),
  ]

  @Test("what cannot be is refused with the field that is at fault, and nothing is written")
  func refused() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      for (field, change) in Self.impossible {
        var incident = Self.attack
        change(&incident)
        let refusal = try await failure { try await harness.incident(of: name, incident) }
        #expect(
          refusal?.code == .invalidArgument && refusal?.message.hasPrefix(field + ":") == true,
          "\(field) \(refusal as Any)")
      }
      for person in [Person.prosecutor, .contributor, .auditor] {
        let denied = try await failure { try await harness.incident(of: name, Self.attack, as: person) }
        #expect(denied?.code == .permissionDenied, "\(person)")
      }
      #expect(try await harness.count("incident_accounts") == 0)
    }
  }

  @Test("a State's connection reads no account of another's case, whatever is asked")
  func wall() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      _ = try await harness.incident(of: name, Self.attack)
      #expect(try await harness.count("incident_accounts", of: "EGY") == 1)
      #expect(try await harness.count("incident_accounts", of: "XCC") == 0)
      #expect(try await harness.count("incident_accounts", of: nil) == 0)
    }
  }
}

extension ProgressHarness {
  @discardableResult
  func incident(of name: String, _ incident: PBIncident, as person: Person = .officer) async throws -> PBIncident {
    let request = PBCreateIncidentRequest.with {
      $0.parent = name
      $0.incident = incident
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await incidents.createIncident(request, metadata: person.metadata)
  }

  func account(
    of name: String, _ paths: [String], as person: Person = .officer, _ change: (inout PBIncident) -> Void
  ) async throws -> PBIncident {
    var request = PBUpdateIncidentRequest.with {
      $0.incident.name = name
      $0.updateMask.paths = paths
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request.incident)
    return try await incidents.updateIncident(request, metadata: person.metadata)
  }

  func incident(
    _ name: String, as person: Person = .officer, at time: Google_Protobuf_Timestamp? = nil
  ) async throws -> PBIncident {
    var request = PBGetIncidentRequest.with { $0.name = name }
    if let time { request.readTime = time }
    return try await incidents.getIncident(request, metadata: person.metadata)
  }

  func incidents(
    of name: String, as person: Person = .officer, at time: Google_Protobuf_Timestamp? = nil
  ) async throws -> [PBIncident] {
    var request = PBListIncidentsRequest.with { $0.parent = name }
    if let time { request.readTime = time }
    return try await incidents.listIncidents(request, metadata: person.metadata).incidents
  }

  func accounts(
    of name: String, as person: Person = .officer, at time: Google_Protobuf_Timestamp? = nil
  ) async throws -> [PBIncident] {
    var request = PBListIncidentAccountsRequest.with { $0.parent = name }
    if let time { request.readTime = time }
    return try await incidents.listIncidentAccounts(request, metadata: person.metadata).incidents
  }

  /// How many rows a State's connection reads, or one for which nothing is set.
  func count(_ table: String, of party: String?) async throws -> Int64 {
    var scope = ReadScope(seesAll: false)
    scope.parties = party.flatMap { PartyID($0) }.map { [$0] } ?? []
    scope.relations = scope.parties
    let (_, counts) = try await pool.execute(SetScope(scope: scope), CountRows(table: table))
    return counts[0]
  }
}
