internal import Compression
internal import GRPCCore
internal import HTTP2
internal import NIOCore

extension ServerStream {
  enum Next {
    case part(Part)
    case end
    case failed(any Error)
    /// Nothing yet.
    case wait
  }

  /// Takes DATA from the connection.
  func receive(_ buffer: ByteBuffer, endStream: Bool) {
    if endStream { self.isRequestComplete = true }
    if self.isFinished {
      // No one will read it; the peer is not to run out of credit for its other streams.
      self.connection.handler?.consume(self.id, bytes: buffer.readableBytes)
    } else if buffer.readableBytes > 0 {
      self.uncredited += buffer.readableBytes
      self.deframer.append(buffer)
    }
    if self.reader != nil { self.resumeReader() }
  }

  /// The next part for the handler.
  func takeNext() -> Next {
    if let failure = self.failure { return .failed(failure) }
    if let metadata = self.metadata.take() { return .part(.metadata(metadata)) }
    do throws(RPCError) {
      if let message = try self.takeMessage() { return .part(.message(message)) }
      guard self.isRequestComplete else {
        // A message may be longer than the window: what the reader waits for must be let in.
        self.credit(self.uncredited)
        return .wait
      }
      guard !self.deframer.isPartial else {
        throw RPCError(code: .internalError, message: "The request ends within a message.")
      }
      return .end
    } catch {
      self.fail(Status(code: Status.Code(error.code), message: error.message))
      return .failed(error)
    }
  }

  private func takeMessage() throws(RPCError) -> [UInt8]? {
    let message: MessageDeframer.Message?
    do {
      message = try self.deframer.next()
    } catch {
      throw RPCError(error)
    }
    guard let message else { return nil }
    self.credit(message.framedLength)
    return message.isCompressed ? try self.decompress(message.bytes) : message.bytes
  }

  private func decompress(_ bytes: [UInt8]) throws(RPCError) -> [UInt8] {
    guard self.head.encoding != .identity else {
      throw RPCError(code: .internalError, message: "A message is compressed, but no encoding was named.")
    }
    let shared = self.connection.shared
    let limit = shared.configuration.maxRequestMessageSize
    shared.counters.add(to: .decompressed)
    do {
      return try self.head.encoding.decompress(bytes, limit: limit)
    } catch CompressionError.outputLimitExceeded {
      throw RPCError(code: .resourceExhausted, message: "A message exceeds the limit of \(limit) bytes.")
    } catch {
      throw RPCError(code: .internalError, message: "A message could not be decompressed.")
    }
  }

  private func credit(_ bytes: Int) {
    let due = min(bytes, self.uncredited)
    self.uncredited -= due
    self.connection.handler?.consume(self.id, bytes: due)
  }

  /// Has `reader` wait for the next part, or gives it at once what has come meanwhile.
  func wait(_ reader: Reader) {
    guard self.reader == nil else {
      return reader.resume(throwing: RPCError(code: .internalError, message: "The request is read from two tasks."))
    }
    self.reader = reader
    self.resumeReader()
  }

  func resumeReader() {
    switch self.takeNext() {
    case .part(let part): self.reader.take()?.resume(returning: part)
    case .end: self.reader.take()?.resume(returning: nil)
    case .failed(let error): self.reader.take()?.resume(throwing: error)
    case .wait: break
    }
  }

  /// The reading task was cancelled.
  func cancelReader() {
    self.reader.take()?.resume(throwing: CancellationError())
  }
}
