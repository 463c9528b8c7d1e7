import GRPCCore
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("Cases that may be the same")
struct DuplicateTests {
  /// One name as several scripts and languages write it, and words that are of another.
  @Test(
    "a name is found however it is written",
    arguments: [
      (["Muhammad", "Mohamed", "Mahamat", "Мухаммад", "محمد", "MOHAMMED"], ["mhmt"]),
      (["Al-Hassan", "الحسن", "Хассан", "hassan"], ["hsn"]),
      (["Vladimir Kuznetsov", "Владимир Кузнецов"], ["fltmr", "ksnsf"]),
      (["Fatima", "Fatimah", "Фатима", "فاطمة", "فاطمه"], ["ftm"]),
      (["Alexandre", "Александр"], ["lksntr"]), (["José", "Jose\u{301}", "JOSE"], []),
      (["N'Diaye", "N’Diaye", "Ndiaye"], ["nt"]),
      (["李明"], ["李明"]), (["", "O", "-"], []),
    ])
  func folding(_ names: [String], _ marks: [String]) async throws {
    try await ProgressHarness.run { harness in
      for name in names {
        let found = try await harness.pool.execute(FoldName(name: name))
        #expect(found == [marks], "\(name)")
      }
    }
  }

  @Test("what two cases have in common is found and explained, and naming nobody")
  func finding() async throws {
    try await ProgressHarness.run { harness in
      let first = try await harness.triage()
      try await harness.victim(of: first, Self.victim("Muhammad Al-Hassan"))
      let incident = try await harness.incident(of: first, Self.incident("S-1"))
      // Of another day, by the name in other letters; and one by an identifier.
      let named = try await harness.draft { $0.case.incidentDate = ProgressHarness.day(2021, 8, 3) }.name
      try await harness.suspect(of: try await harness.opened(named), "محمد الحسن")
      let known = try await harness.draft { $0.case.incidentDate = ProgressHarness.day(2019, 3, 3) }.name
      _ = try await harness.incident(of: known, Self.incident("S-1", on: "2019-03-03", area: "Cairo"))
      let near = try await harness.draft { $0.case.incidentDate = ProgressHarness.day(2020, 5, 12) }.name
      let far = try await harness.draft { $0.case.incidentDate = ProgressHarness.day(2022, 5, 12) }.name

      let found = try await harness.duplicates(of: first)
      #expect(found.map(\.case) == [known, named, near])
      #expect(!found.map(\.case).contains(far))
      #expect(found[0].likenesses.map(\.feature) == [.externalID, .mission])
      #expect(found[1].likenesses.map(\.feature) == [.mission, .names])
      #expect(found[1].likenesses.last?.explanation == "2 of 2 words of names in common")
      #expect(found[2].likenesses.map(\.feature) == [.date, .mission])
      #expect(found.allSatisfy { (0.4...1).contains($0.score) })
      // The other way round it is the same.
      #expect(try await harness.duplicates(of: named).map(\.case) == [first])

      // What is no longer said tells of nothing; what is merged is looked for no more.
      _ = try await harness.account(of: incident.name, ["external_ids"]) { _ in }
      #expect(try await harness.duplicates(of: first).map(\.case) == [named, near])
      try await harness.merge(named, into: first)
      #expect(try await harness.duplicates(of: first).map(\.case) == [near])
      #expect(try await harness.duplicates(of: first, limit: 1).count == 1)
    }
  }

  @Test("only who may change the case is told, and of cases that it may change")
  func rights() async throws {
    try await ProgressHarness.run { harness in
      let own = try await harness.openCase()
      let other = try await harness.openCase()
      let foreign = try await harness.draft {
        $0.case.mission = "missions/minusma"
        $0.case.incidentDate = ProgressHarness.day(2020, 5, 10)
      }.name
      #expect(Set(try await harness.duplicates(of: own).map(\.case)) == [other, foreign])
      #expect(try await harness.duplicates(of: own, as: .focalPoint).map(\.case) == [other])
      #expect(try await harness.duplicates(of: foreign, as: .foreignFocalPoint).isEmpty)
      for person in [Person.prosecutor, .contributor, .auditor] {
        let denied = try await failure { try await harness.duplicates(of: own, as: person) }
        #expect(denied?.code == .permissionDenied, "\(person)")
      }
      for person in [Person.stranger, .foreignFocalPoint] {
        let hidden = try await failure { try await harness.duplicates(of: own, as: person) }
        #expect(hidden?.code == .notFound, "\(person)")
      }
      #expect(try await failure { try await harness.duplicates(of: own, limit: -1) }?.code == .invalidArgument)
      #expect(try await harness.count("case_marks", of: "EGY") == 0)
    }
  }

  private static func victim(_ person: String) -> PBVictim {
    .with {
      $0.category = .milContingent
      $0.harm = .killed
      $0.nationalities = ["XAA"]
      $0.person = person
    }
  }

  private static func incident(_ id: String, on day: String = "2020-05-10", area: String = "Sinai") -> PBIncident {
    .with {
      $0.occurred = day
      $0.territorialState = "EGY"
      $0.admin1 = area
      $0.acts = [.killing]
      $0.source = .mission
      $0.certainty = .probable
      $0.externalIds = [
        .with {
          $0.system = .sage
          $0.id = id
        }
      ]
    }
  }
}

extension ProgressHarness {
  /// A draft that is open now.
  fileprivate func opened(_ name: String) async throws -> String {
    try await transition(name, to: .triage)
    try await transition(name, to: .open)
    return name
  }

  fileprivate func duplicates(
    of name: String, as person: Person = .officer, limit: Int32 = 0
  ) async throws -> [PBDuplicateCandidate] {
    let request = PBFindDuplicatesRequest.with {
      $0.name = name
      $0.pageSize = limit
    }
    return try await lifecycle.findDuplicates(request, metadata: person.metadata).candidates
  }
}

private struct FoldName: PostgresStatement {
  var name: String
  var sql: String { "SELECT name_marks($1)" }
  func bind(_ parameters: inout PostgresParameters) { parameters.append(name) }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [String] { try row.decode() }
}
