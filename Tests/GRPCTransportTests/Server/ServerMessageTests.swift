import GRPCCore
import NIOCore
import Testing

@testable import GRPCTransport
@testable import HTTP2

@Suite("Server: messages", .timeLimit(.minutes(1)))
struct ServerMessageTests {
  private func withClient(
    configure: @escaping @Sendable (inout HTTP2ServerTransportConfiguration) -> Void = { _ in },
    _ body: @escaping @Sendable (RawClient, EchoServer) async throws -> Void
  ) async throws {
    let server = EchoServer(configure: configure)
    try await withServers(server) { try await body(try await RawClient.connect(to: server), server) }
  }

  @Test("messages come back in order, however they were cut")
  func order() async throws {
    try await self.withClient { client, _ in
      let messages = [[], [1], [UInt8](repeating: 2, count: 70_000), [3, 3, 3]]
      let content = messages.flatMap { framed($0) }
      let id = try await client.open(.call())
      for part in stride(from: 0, to: content.count, by: 33_333) {
        let bytes = ByteBuffer(bytes: content[part..<min(part + 33_333, content.count)])
        _ = try await client.onLoop { $0.write(bytes, to: id) }
      }
      _ = try await client.onLoop { $0.write(ByteBuffer(), to: id, endStream: true) }
      try await eventually { try await client.response(id).reason != nil }
      let response = try await client.response(id)
      #expect(try response.messages.map(\.bytes) == messages)
      #expect(response.grpcStatus == "0")
      #expect(response.reason == .finished)
    }
  }

  @Test("a message longer than the window gets through")
  func longerThanWindow() async throws {
    try await self.withClient(configure: { $0.http2.initialStreamWindow = 70_000 }) { client, _ in
      let message = [UInt8](repeating: 7, count: 1_000_000)
      let response = try await client.call(.call(), content: framed(message))
      #expect(try response.messages.map(\.bytes) == [message])
    }
  }

  @Test("a message over the limit is RESOURCE_EXHAUSTED", arguments: [0, 10])
  func tooLarge(_ excess: Int) async throws {
    try await self.withClient(configure: { $0.maxRequestMessageSize = 1_000 }) { client, server in
      let response = try await client.call(.call(), content: framed([UInt8](repeating: 1, count: 1_000 + excess)))
      #expect(response.grpcStatus == (excess == 0 ? "0" : "8"))
    }
  }

  @Test("a response over the limit is RESOURCE_EXHAUSTED")
  func responseTooLarge() async throws {
    try await self.withClient(configure: { $0.maxResponseMessageSize = 10 }) { client, server in
      let response = try await client.call(.call(), content: framed([UInt8](repeating: 1, count: 11)))
      #expect(try response.messages.isEmpty)
      #expect(response.grpcStatus != "0")
    }
  }

  @Test("a request that ends within a message is INTERNAL", arguments: [[0], [0, 0, 0, 0], [0, 0, 0, 0, 9, 1]])
  func truncated(_ content: [UInt8]) async throws {
    try await self.withClient { client, _ in
      let response = try await client.call(.call(), content: content)
      #expect(response.grpcStatus == "13")
    }
  }

  @Test("a flag that gRPC does not know is INTERNAL")
  func badFlag() async throws {
    try await self.withClient { client, _ in
      let response = try await client.call(.call(), content: [2, 0, 0, 0, 0])
      #expect(response.grpcStatus == "13")
    }
  }

  @Test("compressed requests are understood", arguments: [MessageEncoding.gzip, .deflate])
  func compressedRequest(_ encoding: MessageEncoding) async throws {
    try await self.withClient { client, _ in
      let message = [UInt8](repeating: 9, count: 10_000)
      let content = framed(try encoding.compress(message), isCompressed: true)
      let response = try await client.call(.call(.echo, ["grpc-encoding": "\(encoding.name)"]), content: content)
      #expect(try response.messages.map(\.bytes) == [message])
    }
  }

  @Test("a compressed message that is none, too large or unannounced is refused")
  func badCompression() async throws {
    try await self.withClient(configure: { $0.maxRequestMessageSize = 5_000 }) { client, _ in
      let gzip = ["grpc-encoding": "gzip"] as [String: String?]
      let bomb = framed(try MessageEncoding.gzip.compress([UInt8](repeating: 0, count: 100_000)), isCompressed: true)
      let exploded = try await client.call(.call(.echo, gzip), content: bomb)
      #expect(exploded.grpcStatus == "8")
      let garbage = framed([1, 2, 3], isCompressed: true)
      let corrupt = try await client.call(.call(.echo, gzip), content: garbage)
      #expect(corrupt.grpcStatus == "13")
      let unannounced = try await client.call(.call(), content: garbage)
      #expect(unannounced.grpcStatus == "13")
    }
  }

  @Test("responses are compressed for clients that accept it, if worth it")
  func compressedResponse() async throws {
    try await self.withClient(configure: { $0.compressesResponses = true }) { client, _ in
      let large = [UInt8](repeating: 9, count: 10_000)
      let accepting = HeaderBlock.call(.echo, ["grpc-accept-encoding": "identity, gzip"])
      let response = try await client.call(accepting, content: framed(large) + framed([1]))
      #expect(response.headers?["grpc-encoding"] == "gzip")
      let messages = try response.messages
      #expect(messages.map(\.isCompressed) == [true, false])
      #expect(try MessageEncoding.gzip.decompress(messages[0].bytes, limit: 20_000) == large)
      let plain = try await client.call(.call(), content: framed(large))
      #expect(plain.headers?["grpc-encoding"] == nil)
      #expect(try plain.messages.map(\.bytes) == [large])
    }
  }

  @Test("a message that must not be compressed is not, whatever the client accepts")
  func uncompressedResponse() async throws {
    try await self.withClient(configure: { $0.compressesResponses = true }) { client, _ in
      let large = [UInt8](repeating: 9, count: 10_000)
      let accepting = HeaderBlock.call(.whisper, ["grpc-accept-encoding": "gzip"])
      let messages = try await client.call(accepting, content: framed(large)).messages
      #expect(messages.map(\.isCompressed) == [false])
      #expect(messages.map(\.bytes) == [large])
    }
  }

  @Test("a status without anything before it is one header section")
  func trailersOnly() async throws {
    try await self.withClient { client, _ in
      let response = try await client.call(.call(.refuse), content: framed([1]))
      #expect(response.trailers == nil)
      #expect(response.headers?["grpc-status"] == "7")
      #expect(response.headers?["grpc-message"] == "no %E2%80%93 n%C3%A4h %25")
      #expect(response.headers?["grpc-status-details-bin"] == "AQID")
    }
  }

  @Test("metadata passes, reserved fields do not")
  func metadata() async throws {
    try await self.withClient { client, _ in
      let headers = HeaderBlock.call(.mirror, ["x-text": "a, b", "x-bin": "AQI,Aw==", "grpc-timeout": "1H"])
      let response = try await client.call(headers)
      let block = try #require(response.headers)
      #expect(block["x-text"] == "a, b")
      #expect(block.values(of: "x-bin") == ["AQI", "Aw"])
      #expect(block["grpc-timeout"] == nil)
      #expect(block["te"] == nil)
      #expect(block.values(of: "content-type") == ["application/grpc"])
    }
  }
}
