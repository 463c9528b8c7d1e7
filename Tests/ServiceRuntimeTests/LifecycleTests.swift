import GRPCCore
import GRPCReflectionAPI
import GRPCTransport
import Logging
import SwiftProtobuf
import TestSupport
import Testing

/// The real executable over a real database.
@Suite("A service's life")
struct LifecycleTests {
  @Test("migrates, serves, and stops in order when it is told to", .timeLimit(.minutes(2)))
  func life() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "notifications")
    let environment = [
      "VIGIL_DATABASE_URL": database.url(role: role), "VIGIL_GRPC_INSECURE": "true", "VIGIL_LOG_FORMAT": "json",
      "VIGIL_GRPC_LISTEN": "127.0.0.1:0", "VIGIL_ADMIN_LISTEN": "127.0.0.1:0",
    ]
    #expect(try ServiceRun(["migrate", "--dry-run"], environment).answer() == "would apply 1 create_service_info\n")
    #expect(try ServiceRun(["migrate"], environment).answer() == "applied 1 create_service_info\n")
    #expect(try ServiceRun(["migrate"], environment).answer() == "schema notifications is up to date\n")

    let service = try ServiceRun([], environment)
    try service.read(until: "taking calls")
    service.terminate()
    #expect(service.end() == 0)
    let stopped = try #require(service.log.firstRange(of: "\"message\":\"stopped\""))
    // One that has nothing to finish may have stopped before it gets to say that it is stopping.
    if let stopping = service.log.firstRange(of: "stopping; signal again") {
      #expect(stopping.lowerBound < stopped.lowerBound)
    }
    #expect(!service.log.contains("\"level\":\"error\""))
  }

  @Test("a second signal stops it at once, whatever is in progress", .timeLimit(.minutes(2)))
  func forced() async throws {
    let database = try await TestPostgres.shared().makeDatabase()
    let role = try await database.makeRole(schema: "notifications")
    let environment = [
      "VIGIL_DATABASE_URL": database.url(role: role), "VIGIL_GRPC_INSECURE": "true", "VIGIL_LOG_FORMAT": "json",
      "VIGIL_GRPC_LISTEN": "127.0.0.1:0", "VIGIL_ADMIN_LISTEN": "127.0.0.1:0",
      // The first signal alone would wait this long for the call.
      "VIGIL_SHUTDOWN_TIMEOUT": "1h",
    ]
    let service = try ServiceRun([], environment)
    try service.read(until: "taking calls")
    try await withOpenCall(port: service.callPort()) {
      service.terminate()
      try service.read(until: "stopping; signal again")
      service.terminate()
      #expect(service.end() == 1)
      #expect(service.log.contains("\nvigil-notifications: stopped at the second signal"), "\(service.log)")
      #expect(!service.log.contains("\"message\":\"stopped\""))
    }
  }

  /// Runs `body` while a call that does not end by itself is being served.
  private func withOpenCall(port: Int, _ body: () async throws -> Void) async throws {
    let target = try ClientTarget(parsing: "127.0.0.1:\(port)")
    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let client = GRPCClient(transport: HTTP2ClientTransport(target: target, logger: quiet))
    let (answered, answer) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await client.runConnections() }
      group.addTask {
        // It ends with the server, by an error.
        try? await Grpc_Reflection_V1_ServerReflection.Client(wrapping: client).serverReflectionInfo { writer in
          try await writer.write(.with { $0.listServices = "" })
          for await _ in AsyncStream<Never>.makeStream().stream {}
        } onResponse: { response in
          for try await _ in response.messages { answer.yield() }
        }
      }
      for await _ in answered { break }
      defer { group.cancelAll() }
      try await body()
    }
  }
}
