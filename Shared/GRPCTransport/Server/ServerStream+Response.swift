internal import GRPCCore
internal import HTTP2
internal import NIOCore

extension ServerStream {
  typealias ResponsePart = RPCResponsePart<[UInt8]>

  /// Sends a part. What was written in one tick leaves in one flush.
  func write(_ part: ResponsePart) throws(RPCError) {
    if let failure = self.failure { throw failure }
    switch (self.response, part) {
    case (.finished, _):
      throw RPCError(code: .internalError, message: "The response has ended.")
    case (.idle, .metadata(let metadata)):
      self.sendHead(metadata)
    case (.open, .metadata):
      throw RPCError(code: .internalError, message: "The response's metadata has been sent.")
    case (.idle, .message(let message)):
      self.sendHead([:])
      try self.send(message)
    case (.open, .message(let message)):
      try self.send(message)
    case (_, .status(let status, let metadata)):
      self.send(status, metadata)
    }
  }

  private func sendHead(_ metadata: Metadata) {
    self.response = .open
    var block = HeaderBlock.responseHead
    if self.connection.shared.configuration.compressesResponses, self.head.acceptsGzip {
      self.compressesResponse = true
      block.append("grpc-encoding", MessageEncoding.gzip.name)
    }
    block.append(metadata)
    self.connection.handler?.submitResponse(block, to: self.id, endStream: false)
  }

  private func send(_ message: [UInt8]) throws(RPCError) {
    let configuration = self.connection.shared.configuration
    guard message.count <= configuration.maxResponseMessageSize else {
      throw .messageTooLarge(message.count, limit: configuration.maxResponseMessageSize)
    }
    guard let handler = self.connection.handler else { return }
    var bytes = message
    var isCompressed = false
    if self.compressesResponse, message.count >= configuration.compressionThreshold, CompressionChoice.isAllowed {
      bytes = try self.compress(message)
      isCompressed = true
    }
    handler.write(GRPCMessageFrame.prefix(of: bytes, isCompressed: isCompressed), bytes, to: self.id)
  }

  private func compress(_ message: [UInt8]) throws(RPCError) -> [UInt8] {
    do {
      return try MessageEncoding.gzip.compress(message)
    } catch {
      throw RPCError(code: .internalError, message: "The response could not be compressed.")
    }
  }

  /// Ends the response. Without anything sent before, the status is the only header section
  /// ("trailers-only").
  func send(_ status: Status, _ metadata: Metadata) {
    let wasIdle = if case .idle = self.response { true } else { false }
    self.response = .finished
    let block = HeaderBlock.end(wasIdle ? .responseHead : HeaderBlock(), status, metadata)
    if wasIdle {
      self.connection.handler?.submitResponse(block, to: self.id, endStream: true)
    } else {
      self.connection.handler?.submitTrailers(block, to: self.id)
    }
  }

  /// Whether a writer should wait before it writes more.
  var isCongested: Bool {
    guard self.failure == nil, !self.isFinished, let handler = self.connection.handler else { return false }
    return !handler.isWritable(self.id)
  }

  func wait(_ writer: Writer, _ token: WriterToken) {
    if let failure = self.failure {
      writer.resume(throwing: failure)
    } else if self.isCongested {
      self.writers.append((token, writer))
    } else {
      writer.resume()
    }
  }

  func resumeWriters() {
    let writers = self.writers
    self.writers.removeAll()
    for (token, writer) in writers { self.wait(writer, token) }
  }

  /// The task of a writer was cancelled; others wait on.
  func cancelWriter(_ token: WriterToken) {
    guard let index = self.writers.firstIndex(where: { $0.token === token }) else { return }
    self.writers.remove(at: index).writer.resume(throwing: CancellationError())
  }
}
