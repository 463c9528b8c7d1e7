import GRPCHealthAPI
import HTTP2
import NIOCore
import SwiftProtobuf
import Testing

@testable import GatewayServer

@Suite("Health of the system", .timeLimit(.minutes(1)))
struct HealthAnswerTests {
  typealias Status = SystemHealth.Status

  static func question(_ service: String) throws -> [UInt8] {
    let message: [UInt8] = try Grpc_Health_V1_HealthCheckRequest.with { $0.service = service }.serializedBytes()
    return [0, 0, 0, 0, UInt8(message.count)] + message
  }

  static func status(_ frame: some Collection<UInt8>) throws -> Status {
    try Grpc_Health_V1_HealthCheckResponse(serializedBytes: Array(frame.dropFirst(5))).status
  }

  @Test("is that of its required routes")
  func check() async throws {
    try await withUpstreams(TestUpstream(), TestUpstream(.init(isServing: false))) { ports in
      var settings = try GatewaySettings.test("test=127.0.0.1:\(ports[0])", "ill=127.0.0.1:\(ports[1])")
      for required in [true, false] {
        settings.routes[1].isRequired = required
        try await withGateway(settings) { gateway in
          await gateway.available(1)
          let client = try await gateway.client()
          let expected: [(String, Status)] = [
            ("", required ? .notServing : .serving), ("test", .serving), ("test.any.Service", .serving),
            ("ill", .notServing), ("grpc.health.v1.Health", .serving),
          ]
          for (service, status) in expected {
            let answer = try await client.call("/grpc.health.v1.Health/Check", message: Self.question(service))
            #expect(try Self.status(answer.bytes) == status, "\(service)")
          }
        }
      }
    }
  }

  @Test("of an unknown service is NOT_FOUND")
  func unknown() async throws {
    try await withGateway(.test("test=127.0.0.1:1")) { gateway in
      let answer = try await gateway.client().call("/grpc.health.v1.Health/Check", message: Self.question("nobody"))
      #expect(answer.status == "5")
      #expect(answer.reason == "SERVICE_UNKNOWN")
    }
  }

  @Test("is told to those who watch, whenever it changes")
  func watch() async throws {
    let upstream = TestUpstream(.init(isServing: false))
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        let client = try await gateway.client()
        let stream = try await client.start("/grpc.health.v1.Health/Watch")
        try await client.send(Self.question("test"), on: stream, endStream: true)
        for (answers, status) in [(1, Status.notServing), (2, .serving), (3, .notServing)] {
          let state = try await client.when { $0.streams[stream]?.bytes.count == 7 * answers }
          #expect(try Self.status(state.streams[stream]?.bytes.suffix(7) ?? []) == status)
          upstream.update { $0.isServing = status == .notServing }
        }
        gateway.stop()
        #expect(try await client.end(of: stream).reason == "SHUTTING_DOWN")
      }
    }
  }

  @Test("lists every route")
  func list() async throws {
    try await withUpstreams(TestUpstream()) { ports in
      try await withGateway(.test("test=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let answer = try await gateway.client().call("/grpc.health.v1.Health/List")
        let list = try Grpc_Health_V1_HealthListResponse(serializedBytes: Array(answer.bytes.dropFirst(5)))
        #expect(list.statuses.mapValues(\.status) == ["": .serving, "test": .serving])
      }
    }
  }

  @Test(
    "bad questions get a status",
    arguments: [
      ("Check", [0, 0, 0, 0, 1, 0xff], "3"), ("Check", [0, 0, 0, 0, 9, 1], "3"), ("Check", [1, 0, 0, 0, 0], "3"),
      ("Check", [0, 0, 9, 9, 9], "8"), ("Check", [7, 0, 0, 0, 0], "3"), ("Check", [], "3"),
      ("Watch", [], "3"), ("Nothing", [0, 0, 0, 0, 0], "12"), ("Nothing", [], "12"),
    ] as [(String, [UInt8], String)])
  func malformed(method: String, message: [UInt8], status: String) async throws {
    try await withGateway(.test("test=127.0.0.1:1")) { gateway in
      let answer = try await gateway.client().call("/grpc.health.v1.Health/\(method)", message: message)
      #expect(answer.status == status)
      #expect(answer.reason != nil)
    }
  }
}
