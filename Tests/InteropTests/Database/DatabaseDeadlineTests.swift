import GRPCCore
import GRPCTestingAPI
import GRPCTransport
import Postgres
import RPC
import TestSupport
import Testing

@testable import ServiceRuntime

extension Interop {
  @Suite("Deadlines and the database", .timeLimit(.minutes(1)))
  struct DatabaseDeadlineTests {
    @Test(
      "a statement ends in PostgreSQL when the time of the client's call is over", arguments: Caller.all, Path.allCases)
    func deadline(caller: Caller, path: Path) async throws {
      try await withSleepingService(path) { port, observer in
        async let call: Void = caller.callWithDeadline(port)
        while try await observer.execute(SleepingService.Sleepers()) != [1] {}
        try await call
        // It would go on for ten minutes.
        while try await observer.execute(SleepingService.Sleepers()) != [0] {}
      }
    }

    @Test("and when the client cancels its call", arguments: Path.allCases)
    func cancellation(path: Path) async throws {
      try await withSleepingService(path) { port, observer in
        try await InteropClient.run(port: port) { client in
          await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await client.emptyUnary() }
            while (try? await observer.execute(SleepingService.Sleepers())) != [1] {}
            group.cancelAll()
          }
        }
        while try await observer.execute(SleepingService.Sleepers()) != [0] {}
      }
    }

    private func withSleepingService(_ path: Path, _ body: (Int, PostgresPool) async throws -> Void) async throws {
      let database = try await TestPostgres.shared().makeDatabase()
      try await database.withPool { observer in
        try await database.withPool { pool in
          try await InteropServer.run(
            .plaintext,
            configure: { server in
              server.services = [ServedService(SleepingService(pool: pool)) { $0.registerMethods(with: &$1) }]
              server.additional = [DatabaseDeadlineInterceptor()]
              server.translations = [DatabaseErrors.translate]
            },
            { server in
              guard path == .gateway else { return try await body(server.port, observer) }
              let gateway = try await GatewayProcess(to: server.port, listener: nil, dialler: nil)
              try await gateway.waitUntilRouted()
              try await body(gateway.port, observer)
              try gateway.drain()
            }
          )
        }
      }
    }
  }

  /// Whose client makes a call.
  enum Caller: Sendable, CustomTestStringConvertible {
    case vigil
    case peer(Peer)

    static let all: [Caller] = [.vigil] + Peer.allCases.map(Caller.peer)

    var testDescription: String {
      switch self {
      case .vigil: "Vigil"
      case .peer(let peer): peer.rawValue
      }
    }

    /// Calls a method that does not return in time.
    func callWithDeadline(_ port: Int) async throws {
      switch self {
      case .vigil:
        try await InteropClient.run(port: port) { client in
          try await client.expectStatus(.deadlineExceeded) {
            _ = try await client.stub.emptyCall(PBEmpty(), options: .within(.seconds(2)))
          }
        }
      case .peer(let peer): try await TestBed.current.program(peer).run("deadline_passes", port: port)
      }
    }
  }
}
