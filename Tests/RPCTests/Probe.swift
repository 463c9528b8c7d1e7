import GRPCCore
import GRPCHealthAPI
import GRPCProtobuf
import GRPCReflectionAPI
import SwiftProtobuf

/// A client of the probe service.
struct Probe<Transport: ClientTransport>: Sendable {
  let client: GRPCClient<Transport>

  var health: Grpc_Health_V1_Health.Client<Transport> { .init(wrapping: client) }

  /// Asks one question.
  ///
  /// - Parameter streaming: Whether by the streaming method, whose work is done while the response is written.
  func ask(
    _ question: String,
    streaming: Bool = false,
    metadata: Metadata = [:],
    timeout: Duration? = nil
  ) async throws -> String {
    try await call(question, streaming: streaming, metadata: metadata, timeout: timeout).text
  }

  /// Asks one question and returns the response's initial metadata too.
  func call(
    _ question: String,
    streaming: Bool = false,
    metadata: Metadata = [:],
    timeout: Duration? = nil
  ) async throws -> (text: String, metadata: Metadata) {
    var options = CallOptions.defaults
    options.timeout = timeout
    return try await client.serverStreaming(
      request: ClientRequest(message: Text.with { $0.name = question }, metadata: metadata),
      descriptor: streaming ? ProbeService.stream : ProbeService.ask,
      serializer: ProtobufSerializer<Text>(),
      deserializer: ProtobufDeserializer<Text>(),
      options: options
    ) { response in
      var text = ""
      for try await message in response.messages { text = message.name }
      return (text, response.metadata)
    }
  }
}
