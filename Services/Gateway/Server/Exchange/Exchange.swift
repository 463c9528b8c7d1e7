import GRPCTransport
import HTTP2
import NIOCore

/// A call of the gateway's own to an instance: one message there, and whatever messages come back. For probes and
/// reflection; forwarded calls are ``ForwardedCall``s.
final class Exchange {
  enum Failure: Error, Equatable {
    case noConnection
    case timedOut
    /// The stream or the connection broke off, or what came is not gRPC.
    case broken
    /// The call ended with another status than OK.
    case status(Int)
  }

  typealias Completion = (Result<[[UInt8]], Failure>) -> Void

  private static let responseLimit = 4 * 1024 * 1024
  private let path: String
  private let message: [UInt8]
  private let scheme: StaticString
  private var completion: Completion?
  private var deframer = MessageDeframer(maxMessageSize: Exchange.responseLimit)
  private var messages: [[UInt8]] = []
  private var connection: UpstreamConnection?
  private var stream = HTTP2StreamID.connection
  private var timer: Scheduled<Void>?

  /// - Parameter completion: called once, on the event loop.
  init(path: String, message: [UInt8], scheme: StaticString, completion: @escaping Completion) {
    self.path = path
    self.message = message
    self.scheme = scheme
    self.completion = completion
  }

  /// - Parameter insists: tries to connect although the last attempt has just failed.
  func start(on pool: UpstreamPool, eventLoop: any EventLoop, timeout: TimeAmount, insists: Bool = false) {
    timer = eventLoop.assumeIsolated().scheduleTask(in: timeout) { self.finish(.failure(.timedOut)) }
    pool.provide(for: self, insists: insists)
  }

  func cancel() {
    completion = nil
    finish(.failure(.broken))
  }

  private func finish(_ result: Result<[[UInt8]], Failure>) {
    timer?.cancel()
    timer = nil
    connection?.abandon(stream)
    connection = nil
    completion.take()?(result)
  }

  private var head: HeaderBlock {
    var head = HeaderBlock(reservingFields: 7, bytes: 256)
    head.append(":method", "POST")
    head.append(":path", path)
    head.append(":scheme", scheme)
    head.append(":authority", "gateway")
    head.append("te", "trailers")
    head.append("content-type", "application/grpc")
    head.append("user-agent", "vigil-gateway")
    return head
  }
}

extension Exchange: UpstreamCall {
  func upstreamIsReady(_ connection: UpstreamConnection) {
    guard completion != nil else { return }
    guard let stream = connection.open(head, endStream: false, for: self) else {
      return finish(.failure(.noConnection))
    }
    self.connection = connection
    self.stream = stream
    let frame = GRPCMessageFrame.encode(message)
    _ = connection.write(frame, to: stream, endStream: true)
  }

  func upstreamIsUnavailable() {
    finish(.failure(.noConnection))
  }

  func upstreamHead(_ block: HeaderBlock, endStream: Bool) {
    if endStream { ended(block) }
  }

  func upstreamData(_ bytes: ByteBuffer, endStream: Bool) {
    connection?.consume(stream, bytes: bytes.readableBytes)
    deframer.append(bytes)
    do {
      while let message = try deframer.next() { messages.append(message.bytes) }
    } catch {
      finish(.failure(.broken))
    }
    if endStream { finish(.failure(.broken)) }
  }

  func upstreamTrailers(_ block: HeaderBlock) {
    ended(block)
  }

  func upstreamIsWritable() {}

  func upstreamClosed(_ reason: HTTP2CloseReason) {
    connection = nil
    finish(.failure(.broken))
  }

  private func ended(_ block: HeaderBlock) {
    switch ResponseFields.status(block) {
    case 0: finish(.success(messages))
    case let status?: finish(.failure(.status(status)))
    case nil: finish(.failure(.broken))
    }
  }
}
