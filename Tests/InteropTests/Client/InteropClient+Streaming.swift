import GRPCCore
import GRPCTestingAPI
import GRPCTransport
import SwiftProtobuf

extension InteropClient {
  static let streamRequests: [Int32] = [27_182, 8, 1_828, 45_904]
  static let streamResponses: [Int32] = [31_415, 9, 2_653, 58_979]

  static func duplexRequest(_ requestSize: Int32, _ responseSize: Int32) -> PBStreamingOutputCallRequest {
    .with {
      $0.responseParameters = [.with { $0.size = responseSize }]
      $0.payload = .zeros(requestSize)
    }
  }

  func clientStreaming() async throws {
    let response = try await stub.streamingInputCall { writer in
      for size in Self.streamRequests { try await writer.write(.with { $0.payload = .zeros(size) }) }
    }
    try expectEqual(response.aggregatedPayloadSize, 74_922, "sum")
  }

  func clientCompressedStreaming() async throws {
    let first = Self.probe(27_182, expectCompressed: true)
    try await expectStatus(.invalidArgument) {
      _ = try await stub.streamingInputCall { writer in try await writer.write(first) }
    }
    var options = CallOptions.defaults
    options.compression = .gzip
    let response = try await stub.streamingInputCall(options: options) { writer in
      try await writer.write(first)
      try await CompressionChoice.$isAllowed.withValue(false) {
        try await writer.write(Self.probe(45_904, expectCompressed: false))
      }
    }
    try expectEqual(response.aggregatedPayloadSize, 73_086, "sum")
  }

  private static func probe(_ size: Int32, expectCompressed: Bool) -> PBStreamingInputCallRequest {
    .with {
      $0.payload = .zeros(size)
      $0.expectCompressed = .with { $0.value = expectCompressed }
    }
  }

  func serverStreaming() async throws {
    let request = PBStreamingOutputCallRequest.with {
      $0.responseParameters = Self.streamResponses.map { size in .with { $0.size = size } }
    }
    try await expectResponses(Self.streamResponses, to: request)
  }

  func serverCompressedStreaming() async throws {
    let wanted: [(Int32, Bool)] = [(31_415, true), (92_653, false)]
    let request = PBStreamingOutputCallRequest.with {
      $0.responseParameters = wanted.map { size, isCompressed in
        .with {
          $0.size = size
          $0.compressed = .with { $0.value = isCompressed }
        }
      }
    }
    try await expectResponses(wanted.map(\.0), to: request)
  }

  private func expectResponses(_ sizes: [Int32], to request: PBStreamingOutputCallRequest) async throws {
    try await stub.streamingOutputCall(request) { response in
      var found: [Int32] = []
      for try await message in response.messages {
        try expect(message.payload.body.allSatisfy { $0 == 0 }, "the payload is not zeros")
        found.append(Int32(message.payload.body.count))
      }
      try expectEqual(found, sizes, "sizes")
    }
  }

  func pingPong() async throws {
    try await converse { conversation in
      for (request, response) in zip(Self.streamRequests, Self.streamResponses) {
        try await conversation.exchange(request, response)
      }
    }
  }

  func emptyStream() async throws {
    try await converse { _ in }
  }

  /// 1,000 streams that are open at the same time.
  func concurrentStreams() async throws {
    let count = 1_000
    let everybody = Gathering(count)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<count {
        group.addTask {
          try await converse { conversation in
            try await conversation.exchange(1, 10)
            await everybody.arrive()
            try await conversation.exchange(1, 10)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  func sequentialStreams() async throws {
    for _ in 0..<10_000 { try await emptyUnary() }
  }
}
