internal import GRPCCore
internal import NIOCore

/// The request side of a call as GRPCCore writes it.
struct CallWriter: ClosableRPCWriterProtocol {
  typealias Element = RPCRequestPart<[UInt8]>

  let call: ClientCall
  let method: MethodDescriptor
  let head: ClientRequestHead
  let deadline: CallDeadline?
  let compression: CompressionAlgorithm
  /// `nil` when messages are sent as they are.
  let compressor: MessageCompressor?

  func write(_ element: RPCRequestPart<[UInt8]>) async throws {
    switch element {
    case .metadata(let metadata):
      call.begin(
        head.headers(
          for: method,
          metadata: metadata,
          timeout: deadline?.remaining,
          compression: compressor == nil ? .none : compression
        )
      )
    case .message(let message):
      try await call.send(try frame(message))
    }
  }

  func write(contentsOf elements: some Sequence<RPCRequestPart<[UInt8]>>) async throws {
    for element in elements { try await write(element) }
  }

  private func frame(_ message: [UInt8]) throws(RPCError) -> ByteBuffer {
    if let limit = call.limits.maxRequestMessageBytes, message.count > limit {
      throw RPCError(
        code: .resourceExhausted,
        message: "A message of \(message.count) bytes is over the limit of \(limit) for requests."
      )
    }
    guard let compressor, CompressionChoice.isAllowed else { return GRPCMessageFrame.encode(message) }
    return GRPCMessageFrame.encode(try compressor.compress(message), isCompressed: true)
  }

  func finish() async {
    call.endRequest()
  }

  func finish(throwing error: any Error) async {
    call.abort(error as? RPCError ?? RPCError(code: .cancelled, message: "The request was not finished."))
  }
}
