import Foundation
import GRPCCore
import GRPCTestingAPI
import GRPCTransport
import SwiftProtobuf

/// gRPC's test service. In the form that streams everything, because the unary one could not say which message is to be
/// compressed.
struct InteropService: PBTestService.StreamingServiceProtocol {
  static let echoInitial = "x-grpc-test-echo-initial"
  static let echoTrailing = "x-grpc-test-echo-trailing-bin"

  /// Of the server that this is on: tells whether the message just read came compressed, as long as nothing else sends
  /// compressed messages meanwhile.
  let counters: HTTP2ServerCounters

  func emptyCall(
    request: StreamingServerRequest<PBEmpty>, context: ServerContext
  ) async throws -> StreamingServerResponse<PBEmpty> {
    for try await _ in request.messages {}
    return response(request.metadata) { writer in try await writer.write(PBEmpty()) }
  }

  func unaryCall(
    request: StreamingServerRequest<PBSimpleRequest>, context: ServerContext
  ) async throws -> StreamingServerResponse<PBSimpleResponse> {
    var requests = ExpectingIterator(request.messages, counters) { $0.hasExpectCompressed ? $0.expectCompressed : nil }
    let message = try await requests.next() ?? PBSimpleRequest()
    if message.hasResponseStatus { try message.responseStatus.end(request.metadata) }
    return response(request.metadata) { writer in
      try await CompressionChoice.$isAllowed.withValue(message.responseCompressed.value) {
        try await writer.write(.with { $0.payload = .zeros(message.responseSize) })
      }
    }
  }

  func streamingOutputCall(
    request: StreamingServerRequest<PBStreamingOutputCallRequest>, context: ServerContext
  ) async throws -> StreamingServerResponse<PBStreamingOutputCallResponse> {
    try await fullDuplexCall(request: request, context: context)
  }

  func streamingInputCall(
    request: StreamingServerRequest<PBStreamingInputCallRequest>, context: ServerContext
  ) async throws -> StreamingServerResponse<PBStreamingInputCallResponse> {
    var requests = ExpectingIterator(request.messages, counters) { $0.hasExpectCompressed ? $0.expectCompressed : nil }
    var size = 0
    while let message = try await requests.next() { size += message.payload.body.count }
    let sum = PBStreamingInputCallResponse.with { $0.aggregatedPayloadSize = Int32(size) }
    return response(request.metadata) { writer in try await writer.write(sum) }
  }

  func fullDuplexCall(
    request: StreamingServerRequest<PBStreamingOutputCallRequest>, context: ServerContext
  ) async throws -> StreamingServerResponse<PBStreamingOutputCallResponse> {
    response(request.metadata) { writer in
      for try await message in request.messages {
        for wanted in message.responseParameters { try await write(wanted, to: writer) }
        if message.hasResponseStatus { try message.responseStatus.end(request.metadata) }
      }
    }
  }

  func unimplementedCall(
    request: StreamingServerRequest<PBEmpty>, context: ServerContext
  ) async throws -> StreamingServerResponse<PBEmpty> {
    throw RPCError(code: .unimplemented, message: "This method is registered nowhere.")
  }

  private func write(
    _ wanted: PBResponseParameters, to writer: RPCWriter<PBStreamingOutputCallResponse>
  ) async throws {
    if wanted.intervalUs > 0 { try await Task.sleep(for: .microseconds(Int(wanted.intervalUs))) }
    try await CompressionChoice.$isAllowed.withValue(wanted.compressed.value) {
      try await writer.write(.with { $0.payload = .zeros(wanted.size) })
    }
  }

  /// A response with the metadata that the client wants back.
  private func response<Message: Sendable>(
    _ metadata: Metadata, _ produce: @escaping @Sendable (RPCWriter<Message>) async throws -> Void
  ) -> StreamingServerResponse<Message> {
    StreamingServerResponse(metadata: metadata.echoed(InteropService.echoInitial)) { writer in
      try await produce(writer)
      return metadata.echoed(InteropService.echoTrailing)
    }
  }
}

/// Reads requests, each of which may say whether it should have come compressed.
private struct ExpectingIterator<Message: Sendable> {
  private var iterator: RPCAsyncSequence<Message, any Error>.AsyncIterator
  private let counters: HTTP2ServerCounters
  private let expectation: (Message) -> PBBoolValue?

  init(
    _ messages: RPCAsyncSequence<Message, any Error>, _ counters: HTTP2ServerCounters,
    expectation: @escaping (Message) -> PBBoolValue?
  ) {
    self.iterator = messages.makeAsyncIterator()
    self.counters = counters
    self.expectation = expectation
  }

  mutating func next() async throws -> Message? {
    let before = counters.snapshot().messagesDecompressed
    guard let message = try await iterator.next(isolation: #isolation) else { return nil }
    let wasCompressed = counters.snapshot().messagesDecompressed > before
    guard let expected = expectation(message)?.value, expected != wasCompressed else { return message }
    throw RPCError(code: .invalidArgument, message: "The request is not compressed as it says.")
  }
}

extension PBEchoStatus {
  /// Ends the call with this status.
  fileprivate func end(_ metadata: Metadata) throws {
    guard let code = Status.Code(rawValue: Int(self.code)).flatMap({ RPCError.Code($0) }) else { return }
    throw RPCError(code: code, message: message, metadata: metadata.echoed(InteropService.echoTrailing))
  }
}

extension Metadata {
  fileprivate func echoed(_ key: String) -> Metadata {
    var echoed = Metadata()
    for value in self[key] {
      switch value {
      case .string(let text): echoed.addString(text, forKey: key)
      case .binary(let bytes): echoed.addBinary(bytes, forKey: key)
      }
    }
    return echoed
  }
}

extension PBPayload {
  static func zeros(_ size: some BinaryInteger) -> PBPayload { .with { $0.body = Data(count: Int(size)) } }
}
