import Postgres
import TestSupport
import Testing

@Suite struct PostgresTLSTests {
  @Test(.timeLimit(.minutes(1))) func everythingRunsOverTLS() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    try await database.withPool(url: database.tlsURL(), configure: { $0.maximumConnections = 2 }) { pool in
      let isEncrypted = Select("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", as: Bool.self)
      try await expect([true], from: isEncrypted, on: pool)
      let large = String(repeating: "x", count: 300_000)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<100 {
          group.addTask {
            try await expect([number], from: Read(number), on: pool)
            // More than a socket takes at once, both ways.
            try await expect([large], from: Echo(value: large), on: pool)
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func aServerOfAnotherAuthorityIsRefused() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let error = await #expect(throws: PostgresError.self) {
      try await PostgresScript.run("SELECT 1", url: database.tlsURL(authority: "/etc/ssl/certs/ca-certificates.crt"))
    }
    guard case .connectionFailed(let reason) = error?.code else { return #expect(error?.code == .connectionLost) }
    #expect(reason.contains("certificate verify failed") || reason.contains("does not exist"))
  }
}
