internal import Compression
internal import GRPCCore
internal import HTTP2
internal import NIOCore

/// Makes gRPC of what the server sends on one stream. A pure value.
struct ResponseReader {
  enum Part {
    case metadata(Metadata)
    /// A whole message as it came, and what it was compressed with.
    case message(MessageDeframer.Message, CompressionFormat?)
    case status(Status, Metadata)
  }

  private enum State {
    case awaitingHeaders
    case streaming
    case ended
  }

  private var state = State.awaitingHeaders
  private var encoding: CompressionFormat?
  private var deframer: MessageDeframer

  /// - Parameter maxMessageSize: of a message as it is sent.
  init(maxMessageSize: Int) {
    deframer = MessageDeframer(maxMessageSize: maxMessageSize)
  }

  /// Whether the status has been read, or the response has failed.
  var isEnded: Bool { state == .ended }

  /// - Throws: `RPCError` when the response cannot be gRPC's or its metadata is malformed.
  mutating func receive(headers: HeaderBlock, endStream: Bool) throws(RPCError) -> Part {
    let httpStatus = headers[":status"].flatMap { Int($0) } ?? 0
    if endStream || headers.firstIndex(of: "grpc-status") != nil {
      return try receive(trailersOnly: headers, httpStatus: httpStatus)
    }
    guard httpStatus == 200 else { throw fail(Self.notGRPC(httpStatus)) }
    guard let type = headers.bytes(of: "content-type"), GRPCContentType.isGRPC(type) else {
      let shown = headers["content-type"] ?? "none"
      throw fail(RPCError(code: .unknown, message: "The server's answer has content-type '\(shown)': it is not gRPC."))
    }
    encoding = try readEncoding(headers)
    state = .streaming
    return .metadata(try Metadata(headers))
  }

  private mutating func receive(trailersOnly headers: HeaderBlock, httpStatus: Int) throws(RPCError) -> Part {
    if let status = headers.grpcStatus {
      state = .ended
      return .status(status, try Metadata(headers))
    }
    throw fail(httpStatus == 200 ? Self.noStatus : Self.notGRPC(httpStatus))
  }

  private mutating func readEncoding(_ headers: HeaderBlock) throws(RPCError) -> CompressionFormat? {
    switch headers["grpc-encoding"] {
    case nil, "identity": return nil
    case "gzip": return .gzip
    case "deflate": return .deflate
    case .some(let other):
      throw fail(
        RPCError(code: .internalError, message: "The server compresses with '\(other)', which was not offered."))
    }
  }

  /// Takes content; what it completes is fetched with ``nextMessage()``.
  mutating func receive(data: ByteBuffer) throws(RPCError) {
    switch state {
    case .streaming: deframer.append(data)
    case .ended: break
    case .awaitingHeaders:
      throw fail(RPCError(code: .internalError, message: "The server sent content before headers."))
    }
  }

  /// - Throws: `RPCError` when a message is over the limit or the framing is broken.
  mutating func nextMessage() throws(RPCError) -> Part? {
    guard state == .streaming else { return nil }
    let message: MessageDeframer.Message?
    do {
      message = try deframer.next()
    } catch {
      throw fail(Self.framingError(error))
    }
    guard let message else { return nil }
    if message.isCompressed, encoding == nil {
      throw fail(RPCError(code: .internalError, message: "The server sent a compressed message without an encoding."))
    }
    return .message(message, message.isCompressed ? encoding : nil)
  }

  mutating func receive(trailers: HeaderBlock) throws(RPCError) -> Part? {
    guard state != .ended else { return nil }
    if deframer.isPartial { throw fail(Self.partialMessage) }
    guard let status = trailers.grpcStatus else { throw fail(Self.noStatus) }
    state = .ended
    return .status(status, try Metadata(trailers))
  }

  /// The stream is over.
  ///
  /// - Returns: the error that the call ends with, unless its status has been read.
  mutating func close(_ reason: HTTP2CloseReason) -> RPCError? {
    guard state != .ended else { return nil }
    state = .ended
    switch reason {
    case .finished: return deframer.isPartial ? Self.partialMessage : Self.noStatus
    case .resetByPeer(let code):
      return RPCError(code: RPCError.Code(resetWith: code), message: "The server reset the stream (\(code)).")
    case .resetLocally(let code):
      return RPCError(code: .internalError, message: "The server's answer is malformed (\(code)).")
    case .notProcessed:
      return RPCError(code: .unavailable, message: "The server refused the stream.")
    case .connectionLost:
      return RPCError(code: .unavailable, message: "The connection was lost.")
    }
  }

  private mutating func fail(_ error: RPCError) -> RPCError {
    state = .ended
    return error
  }

  private static let noStatus = RPCError(
    code: .internalError,
    message: "The server ended the stream without a gRPC status."
  )
  private static let partialMessage = RPCError(
    code: .internalError,
    message: "The server ended the stream in the middle of a message."
  )

  private static func notGRPC(_ httpStatus: Int) -> RPCError {
    RPCError(
      code: RPCError.Code(httpStatus: httpStatus),
      message: "The server answered with HTTP status \(httpStatus) and no gRPC status."
    )
  }

  private static func framingError(_ failure: MessageDeframer.Failure) -> RPCError {
    switch failure {
    case .tooLarge(let length, let limit):
      RPCError(
        code: .resourceExhausted,
        message: "A message of \(length) bytes is over the limit of \(limit) for responses."
      )
    case .badFlag(let flag):
      RPCError(code: .internalError, message: "The server's message framing is broken (flag \(flag)).")
    }
  }
}
