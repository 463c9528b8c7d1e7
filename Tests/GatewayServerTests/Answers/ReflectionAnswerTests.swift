import GRPCReflectionAPI
import HTTP2
import NIOCore
import SwiftProtobuf
import Testing

@testable import GatewayServer

@Suite("Reflection over the whole system", .timeLimit(.minutes(1)))
struct ReflectionAnswerTests {
  typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
  typealias Response = Grpc_Reflection_V1_ServerReflectionResponse

  static let own = [
    "grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection",
  ]

  static func frame(_ question: Request) throws -> [UInt8] {
    let message: [UInt8] = try question.serializedBytes()
    return [0, 0, 0, 0, UInt8(message.count)] + message
  }

  static func answers(_ bytes: [UInt8]) throws -> [Response] {
    var rest = bytes[...]
    var answers: [Response] = []
    while rest.count >= 5 {
      let length = rest.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
      answers.append(try Response(serializedBytes: Array(rest.dropFirst(5).prefix(length))))
      rest = rest.dropFirst(5 + length)
    }
    return answers
  }

  @Test("lists the services of all upstreams and the gateway's own", arguments: ["v1", "v1alpha"])
  func list(version: String) async throws {
    let first = TestUpstream(.init(services: ["one.A", "grpc.health.v1.Health"]))
    let second = TestUpstream(.init(services: ["two.B"], reflectionVersion: "v1alpha"))
    try await withUpstreams(first, second) { ports in
      try await withGateway(.test("one=127.0.0.1:\(ports[0])", "two=127.0.0.1:\(ports[1])")) { gateway in
        await gateway.available(1, of: 0)
        await gateway.available(1, of: 1)
        let answer = try await gateway.client().call(
          "/grpc.reflection.\(version).ServerReflection/ServerReflectionInfo",
          message: Self.frame(.with { $0.listServices = "" }))
        #expect(answer.status == "0")
        let names = try Self.answers(answer.bytes).first?.listServicesResponse.service.map(\.name)
        #expect(names == Self.own + ["one.A", "two.B"])
      }
    }
  }

  @Test("asks those who may know, and answers in order")
  func symbols() async throws {
    let upstream = TestUpstream(.init(services: ["one.A"]))
    try await withUpstreams(upstream) { ports in
      try await withGateway(.test("one=127.0.0.1:\(ports[0])")) { gateway in
        await gateway.available(1)
        let questions: [Request] = [
          .with { $0.fileContainingSymbol = "one.A" }, .with { $0.fileContainingSymbol = "grpc.health.v1.Health" },
          .with { $0.fileContainingSymbol = "nobody.Knows" },
        ]
        let answer = try await gateway.client().call(
          "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
          message: questions.flatMap { try Self.frame($0) })
        let answers = try Self.answers(answer.bytes)
        #expect(answers.count == 3)
        #expect(answers.first?.fileDescriptorResponse.fileDescriptorProto == [TestUpstream.descriptor])
        #expect(answers.dropFirst().first?.fileDescriptorResponse.fileDescriptorProto.isEmpty == false)
        #expect(answers.last?.errorResponse.errorCode == 5)
        #expect(answer.status == "0")
      }
    }
  }

  @Test("what does not decode gets a status")
  func malformed() async throws {
    try await withGateway(.test("test=127.0.0.1:1")) { gateway in
      let answer = try await gateway.client().call(
        "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", message: [0, 0, 0, 0, 1, 0xff])
      #expect(answer.status == "3")
    }
  }
}
