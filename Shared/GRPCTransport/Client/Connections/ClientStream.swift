internal import GRPCCore
internal import HTTP2
internal import NIOCore

/// One call's stream on one connection. Confined to the connection's event loop.
final class ClientStream {
  let id: HTTP2StreamID
  let call: ClientCall
  /// Which of the call's connections this one is.
  let attempt: Int
  private var reader: ResponseReader
  /// Received bytes for which the server has been given no credit.
  private var uncredited = 0
  private(set) var hasResponse = false

  init(id: HTTP2StreamID, call: ClientCall, attempt: Int) {
    self.id = id
    self.call = call
    self.attempt = attempt
    self.reader = ResponseReader(maxMessageSize: call.limits.maxResponseMessageBytes)
  }

  /// - Throws: `RPCError` when the answer is not what it must be; the stream is to be reset.
  func receive(headers: HeaderBlock, endStream: Bool) throws(RPCError) {
    hasResponse = true
    _ = call.deliver([try reader.receive(headers: headers, endStream: endStream)], attempt: attempt)
  }

  /// - Returns: the bytes to give credit for now.
  func receive(data: ByteBuffer) throws(RPCError) -> Int {
    uncredited += data.readableBytes
    try reader.receive(data: data)
    var parts: [ResponseReader.Part] = []
    while let part = try nextMessage(after: parts) { parts.append(part) }
    return call.deliver(parts, attempt: attempt) ? takeCredit() : 0
  }

  /// What came before a broken message is still delivered.
  private func nextMessage(after parts: [ResponseReader.Part]) throws(RPCError) -> ResponseReader.Part? {
    do {
      return try reader.nextMessage()
    } catch {
      _ = call.deliver(parts, attempt: attempt)
      throw error
    }
  }

  func receive(trailers: HeaderBlock) throws(RPCError) {
    guard let status = try reader.receive(trailers: trailers) else { return }
    _ = call.deliver([status], attempt: attempt)
  }

  func takeCredit() -> Int {
    defer { uncredited = 0 }
    return uncredited
  }

  /// - Returns: the error that the call ends with, unless it has its status.
  func close(_ reason: HTTP2CloseReason) -> RPCError? {
    reader.close(reason)
  }
}
