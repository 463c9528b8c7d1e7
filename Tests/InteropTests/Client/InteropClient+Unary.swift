import Foundation
import GRPCCore
import GRPCTestingAPI
import GRPCTransport
import SwiftProtobuf

extension InteropClient {
  static let largeRequestSize: Int32 = 271_828
  static let largeResponseSize: Int32 = 314_159

  static var largeRequest: PBSimpleRequest {
    .with {
      $0.responseSize = largeResponseSize
      $0.payload = .zeros(largeRequestSize)
    }
  }

  func emptyUnary() async throws {
    try expectEqual(try await stub.emptyCall(PBEmpty()), PBEmpty(), "response")
  }

  func largeUnary(_ options: CallOptions = .defaults) async throws {
    let response = try await stub.unaryCall(Self.largeRequest, options: options)
    try expectZeros(response.payload, Self.largeResponseSize)
  }

  func clientCompressedUnary() async throws {
    try await expectStatus(.invalidArgument) { try await unary(expectCompressed: true, .none) }
    try await unary(expectCompressed: true, .gzip)
    try await unary(expectCompressed: false, .none)
  }

  private func unary(expectCompressed: Bool, _ compression: CompressionAlgorithm) async throws {
    var request = Self.largeRequest
    request.expectCompressed = .with { $0.value = expectCompressed }
    var options = CallOptions.defaults
    options.compression = compression
    try expectZeros(try await stub.unaryCall(request, options: options).payload, Self.largeResponseSize)
  }

  // That the responses came compressed or not is the server's promise; GRPCCore does not show it.
  func serverCompressedUnary() async throws {
    for isCompressed in [true, false] {
      var request = Self.largeRequest
      request.responseCompressed = .with { $0.value = isCompressed }
      try expectZeros(try await stub.unaryCall(request).payload, Self.largeResponseSize)
    }
  }

  func customMetadata() async throws {
    var sent: Metadata = ["x-grpc-test-echo-initial": "test_initial_metadata_value"]
    sent.addBinary([0xab, 0xab, 0xab], forKey: "x-grpc-test-echo-trailing-bin")
    try await stub.unaryCall(request: ClientRequest(message: Self.largeRequest, metadata: sent)) { response in
      try expectZeros(try response.message.payload, Self.largeResponseSize)
      try expectEchoed(response.metadata, response.trailingMetadata)
    }
    let request = Self.duplexRequest(Self.largeRequestSize, Self.largeResponseSize)
    let streaming = StreamingClientRequest<PBStreamingOutputCallRequest>(metadata: sent) { writer in
      try await writer.write(request)
    }
    try await stub.fullDuplexCall(request: streaming) { response in
      let contents = try response.accepted.get()
      var trailing: Metadata = [:]
      for try await part in contents.bodyParts {
        switch part {
        case .message(let message): try expectZeros(message.payload, Self.largeResponseSize)
        case .trailingMetadata(let metadata): trailing = metadata
        }
      }
      try expectEchoed(contents.metadata, trailing)
    }
  }

  private func expectEchoed(_ initial: Metadata, _ trailing: Metadata) throws {
    let texts = Array(initial[stringValues: "x-grpc-test-echo-initial"])
    try expectEqual(texts, ["test_initial_metadata_value"], "initial metadata")
    let bytes = Array(trailing[binaryValues: "x-grpc-test-echo-trailing-bin"])
    try expectEqual(bytes, [[0xab, 0xab, 0xab]], "trailing metadata")
  }

  func rpcSoak() async throws {
    for _ in 0..<100 { try await largeUnary(.within(.seconds(5))) }
  }

  func channelSoak() async throws {
    for _ in 0..<20 {
      try await Self.run(port: port, tls: tls) { try await $0.largeUnary(.within(.seconds(5))) }
    }
  }
}

extension CallOptions {
  static func within(_ timeout: Duration) -> CallOptions {
    var options = defaults
    options.timeout = timeout
    return options
  }
}
