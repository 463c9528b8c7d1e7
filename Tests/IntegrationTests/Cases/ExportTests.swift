import Audit
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Synchronization
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("Exports of cases")
struct ExportTests {
  @Test("an export is the list, whole and in its order, to each reader as the list shows it")
  func sameAsTheList() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(1_300, seed: 21)
      try await harness.enrolExerciseStates()
      for client in [Enrolled.officer, "qma", "qmc", "union", "operator"] {
        for (filter, view) in [("", PBCaseView.basic), ("incident_date >= 2010", .full)] {
          // Who sees no date filters by none.
          guard filter.isEmpty || !["union", "operator"].contains(client) else { continue }
          let exported = try await harness.export(filter, view: view, as: client)
          let size: Int32 = view == .full ? 100 : 500
          let listed = try await harness.allCases(filter, pageSize: size, view: view, as: client)
          #expect(exported == listed, "\(client) \(filter)")
        }
      }
      #expect(try await harness.export(orderBy: "incident_date") == harness.allCases(orderBy: "incident_date"))
      #expect(try await harness.export(as: Enrolled.officer).count == 1_300)
    }
  }

  @Test("what is protected leaves a trace of each case, as in a list")
  func recorded() async throws {
    try await CasesHarness.run { harness in
      _ = try await harness.importFile(try Files.recent())
      let exported = try await harness.export(view: .full)
      let records = try await harness.pool.execute(SelectTrail()).map { try AuditRecord(encoded: $0) }
        .filter { $0.method == "vigil.cases.v1.ExportService/ExportCases" }
      #expect(records.map(\.resource) == exported.map(\.name) && exported.count > 50)
    }
  }

  @Test("who loses its right in the middle gets no more")
  func ended() async throws {
    try await CasesHarness.run(isExercise: true) { harness in
      _ = try await harness.generate(1_300, seed: 22)
      let seen = Mutex(0)
      let refused = try await failure {
        try await harness.exports.exportCases(.with { $0.view = .full }, metadata: caller(Enrolled.officer)) {
          response in
          for try await part in response.messages {
            let isFirst = seen.withLock { seen in
              defer { seen += part.cases.count }
              return seen == 0
            }
            if isFirst { try harness.change { $0.principals = [] } }
          }
        }
      }
      #expect(refused?.code == .permissionDenied)
      #expect(seen.withLock { $0 } < 1_300)
    }
  }

  @Test("a filter by what the reader does not see is refused before anything is sent")
  func refused() async throws {
    try await CasesHarness.run { harness in
      let refused = try await failure { try await harness.export("nonsense = 1") }
      #expect(refused?.reason == "INVALID_FILTER")
      let nobody = try await failure { try await harness.export(as: "nobody") }
      #expect(nobody?.code == .permissionDenied || nobody?.code == .unauthenticated)
    }
  }
}

extension CasesHarness {
  fileprivate func export(
    _ filter: String = "", orderBy: String = "", view: PBCaseView = .basic, as client: String = Enrolled.officer
  ) async throws -> [PBCase] {
    let request = PBExportCasesRequest.with {
      $0.filter = filter
      $0.orderBy = orderBy
      $0.view = view
    }
    return try await exports.exportCases(request, metadata: caller(client)) { response in
      try await response.messages.reduce(into: []) { $0 += $1.cases }
    }
  }
}

private struct SelectTrail: PostgresStatement {
  static let isReadOnly = true
  var sql: String { "SELECT record FROM audit_records ORDER BY xact, id" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] { try row.decode() }
}
