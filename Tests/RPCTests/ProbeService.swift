import AIP
import GRPCCore
import GRPCProtobuf
import GRPCReflectionAPI
import SwiftProtobuf
import Identity
import Telemetry
import Tracing

@testable import RPC

/// A message with one text; the reflection API happens to have one.
typealias Text = Grpc_Reflection_V1_ServiceResponse

/// A service whose methods tell what they know of the call that they serve, or fail as they are told.
struct ProbeService: RegistrableRPCService {
  static let ask = MethodDescriptor(fullyQualifiedService: "vigil.test.v1.Probe", method: "Ask")
  static let stream = MethodDescriptor(fullyQualifiedService: "vigil.test.v1.Probe", method: "Stream")

  struct Unexpected: Error, CustomDebugStringConvertible {
    let debugDescription = "the whole truth"
  }

  /// Told when a method waits, and when it has been cancelled.
  let events: AsyncStream<String>.Continuation
  /// Calls `Ask` of another server.
  var relay: (@Sendable (String) async throws -> String)?

  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    router.registerHandler(
      forMethod: Self.ask,
      deserializer: ProtobufDeserializer<Text>(),
      serializer: ProtobufSerializer<Text>()
    ) { request, context in
      var question = ""
      for try await message in request.messages { question = message.name }
      let answer = try await self.answer(question)
      return StreamingServerResponse(single: ServerResponse(message: answer))
    }
    router.registerHandler(
      forMethod: Self.stream,
      deserializer: ProtobufDeserializer<Text>(),
      serializer: ProtobufSerializer<Text>()
    ) { request, context in
      StreamingServerResponse { writer in
        for try await message in request.messages {
          try await writer.write(try await self.answer(message.name))
        }
        return [:]
      }
    }
  }

  private func answer(_ question: String) async throws -> Text {
    let text = try await text(question)
    return .with { $0.name = text }
  }

  private func text(_ question: String) async throws -> String {
    switch question {
    case "caller": return Caller.current.peer.identity?.uri ?? "anonymous"
    case "via": return Caller.current.via?.uri ?? "nobody"
    case "principal": return Caller.current.token?.principal.description ?? "nobody"
    case "deadline": return RPCDeadline.current == nil ? "none" : "set"
    case "remaining":
      return RPCDeadline.current.map { "\(ContinuousClock.now.duration(to: $0) / .milliseconds(1))" } ?? "none"
    case "request id": return InstrumentationContext.current?.callID?.text ?? "none"
    case "trace": return InstrumentationContext.current?.traceContext?.traceID.description ?? "none"
    case "span": return InstrumentationContext.current?.traceContext?.spanID.description ?? "none"
    case "sampled": return "\(InstrumentationContext.current?.traceContext?.isSampled ?? false)"
    case "wait": return try await wait()
    default: return try await fail(question)
    }
  }

  private func fail(_ question: String) async throws -> String {
    switch question {
    case "fail unexpectedly": throw Unexpected()
    case "fail for the caller":
      throw ServiceError(.notFound, .resourceNotFound, "there is no such resource")
    case "fail bare": throw RPCError(code: .resourceExhausted, message: "too much")
    case "fail cancelled": throw CancellationError()
    default:
      let words = question.split(separator: " ", maxSplits: 1)
      guard words.first == "relay", words.count == 2, let relay else { return question }
      return try await relay(String(words[1]))
    }
  }

  private func wait() async throws -> String {
    events.yield("waiting")
    do {
      try await Task.sleep(for: .seconds(600))
    } catch {
      events.yield("cancelled")
      throw error
    }
    return "nobody came"
  }
}
