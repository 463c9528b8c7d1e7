import AIP
import GRPCCore
import GRPCProtobuf
import GRPCReflectionAPI
import SwiftProtobuf
import Testing

@testable import RPC

@Suite("Errors that leave a server")
struct ErrorInterceptorTests {
  struct Expected: Sendable {
    var question: String
    var code: RPCError.Code
    var reason: String
  }

  @Test(
    "carry a reason",
    arguments: [
      Expected(question: "fail for the caller", code: .notFound, reason: "RESOURCE_NOT_FOUND"),
      Expected(question: "fail bare", code: .resourceExhausted, reason: "MESSAGE_TOO_LARGE"),
      Expected(question: "fail cancelled", code: .cancelled, reason: "CALL_CANCELLED"),
      Expected(question: "fail unexpectedly", code: .internalError, reason: "INTERNAL_FAULT"),
    ],
    [false, true]
  )
  func reasons(expected: Expected, streaming: Bool) async throws {
    try await Harness().overHTTP2 { probe, _ in
      let thrown = await #expect(throws: RPCError.self) {
        try await probe.ask(expected.question, streaming: streaming)
      }
      let error = try #require(thrown)
      #expect(error.code == expected.code)
      let status = try #require(try error.unpackGoogleRPCStatus())
      #expect(status.code == expected.code)
      #expect(status.details.compactMap(\.errorInfo).map(\.reason) == [expected.reason])
      #expect(status.details.compactMap(\.errorInfo).map(\.domain) == ["vigil.un.org"])
    }
  }

  @Test("tell nothing of what was not foreseen but the request's id, under which the log has it all")
  func unexpected() async throws {
    let harness = Harness()
    try await harness.overHTTP2 { probe, _ in
      let error = await #expect(throws: RPCError.self) {
        try await probe.ask("fail unexpectedly", metadata: ["x-request-id": "r-9"])
      }
      #expect(error?.message.contains("r-9") == true)
      #expect(error?.message.contains("truth") == false)
    }
    let lines = harness.log.lines.filter { $0.contains("the whole truth") }
    #expect(lines.count == 1)
    #expect(lines.first?.contains(#""request_id":"r-9""#) == true)
    #expect(lines.first?.contains(#""level":"error""#) == true)
  }

  @Test("of libraries are translated")
  func translated() async throws {
    var harness = Harness()
    harness.translations = [
      { _ in nil },
      { $0 is ProbeService.Unexpected ? ServiceError(.unavailable, .databaseUnavailable, "later") : nil },
    ]
    try await harness.overHTTP2 { probe, _ in
      let error = await #expect(throws: RPCError.self) { try await probe.ask("fail unexpectedly") }
      #expect(error?.code == .unavailable)
      #expect(error?.message == "later")
    }
  }

  @Test(
    "of methods that there are not carry a reason",
    arguments: [
      ("vigil.test.v1.Probe", "Nothing", "METHOD_UNKNOWN"), ("vigil.test.v1.Nothing", "Ask", "SERVICE_UNKNOWN"),
    ]
  )
  func unknown(service: String, method: String, reason: String) async throws {
    try await Harness().overHTTP2 { probe, _ in
      let thrown = await #expect(throws: RPCError.self) {
        try await probe.client.unary(
          request: ClientRequest(message: Text()),
          descriptor: MethodDescriptor(fullyQualifiedService: service, method: method),
          serializer: ProtobufSerializer<Text>(),
          deserializer: ProtobufDeserializer<Text>(),
          options: .defaults
        ) { try $0.message }
      }
      let error = try #require(thrown)
      #expect(error.code == .unimplemented)
      let status = try #require(try error.unpackGoogleRPCStatus())
      #expect(status.details.compactMap(\.errorInfo).map(\.reason) == [reason])
    }
  }
}
