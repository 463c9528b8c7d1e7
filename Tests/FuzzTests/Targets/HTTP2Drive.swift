import HTTP2
import NIOCore

/// A session whose user answers whatever comes, and watches that it comes in an order that makes sense.
struct HTTP2Drive {
  /// What the user knows of a stream.
  private enum Phase {
    case open
    case hasHeaders
    case ended
  }

  static let clientGreeting = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + [0, 0, 0, 4, 0, 0, 0, 0, 0]

  private let session: HTTP2Session
  private var phases: [HTTP2StreamID: Phase] = [:]
  private var unconsumed = 0
  private var output = ByteBuffer()
  private(set) var hasFailed = false

  init(role: HTTP2Session.Role) throws(FuzzFinding) {
    do {
      session = try HTTP2Session(role: role, configuration: Self.configuration(role))
    } catch {
      throw FuzzFinding("a session cannot be made: \(error)")
    }
    // A client speaks first.
    if role == .client { try drain() }
  }

  /// Small limits, so that small inputs reach them.
  private static func configuration(_ role: HTTP2Session.Role) -> HTTP2Configuration {
    var configuration = HTTP2Configuration()
    configuration.maxConcurrentStreams = role == .client ? 0 : 8
    configuration.initialStreamWindow = 1024
    configuration.connectionWindow = 65_535
    configuration.maxHeaderListSize = 1024
    configuration.outboundHighWatermark = 256
    configuration.outboundLowWatermark = 64
    configuration.abuseLimits.streamResets = .init(burst: 20, perSecond: 1)
    configuration.abuseLimits.emptyData = .init(burst: 20, perSecond: 1)
    return configuration
  }

  mutating func request(endStream: Bool) throws(FuzzFinding) {
    var block = HeaderBlock()
    block.append(":method", "POST")
    block.append(":scheme", "http")
    block.append(":path", "/a/b")
    block.append(":authority", "x")
    guard session.canStartStreams else { return }
    do {
      let id = try session.submitRequest(block, endStream: endStream)
      phases[id] = .open
      if !endStream { session.write(ByteBuffer(repeating: 7, count: 300), to: id, endStream: id.rawValue % 3 == 0) }
    } catch {
      throw FuzzFinding("a request is refused though it was allowed: \(error)")
    }
    try drain()
  }

  /// Takes bytes at a time of day that does not change, so that the same input has the same result.
  mutating func receive(_ bytes: [UInt8]) {
    do {
      try session.receive(ByteBuffer(bytes: bytes), now: .uptimeNanoseconds(1_000_000_000))
    } catch {
      hasFailed = true
    }
  }

  /// Takes the events, answers them, sends what there is to send.
  mutating func react() throws(FuzzFinding) {
    while let event = session.nextEvent() { try take(event) }
    if session.role == .server {
      try hold(session.openStreamCount <= 8, "\(session.openStreamCount) streams are open, 8 are allowed")
    }
    try hold(unconsumed <= 65_535, "\(unconsumed) bytes wait, more than the connection's window")
    try drain()
    while let event = session.nextEvent() { try take(event) }
  }

  mutating func end() throws(FuzzFinding) {
    try react()
    session.abandon()
    while let event = session.nextEvent() { try take(event) }
    try hold(phases.isEmpty, "streams are open after the connection's end: \(phases.keys)")
    try hold(session.openStreamCount == 0, "the session keeps \(session.openStreamCount) streams")
    try checkFrames()
  }

  private mutating func drain() throws(FuzzFinding) {
    do {
      try session.drain(into: &output, limit: output.readableBytes + 20_000)
    } catch {
      try hold(hasFailed, "a session that works cannot send: \(error)")
    }
  }

  private mutating func take(_ event: HTTP2Event) throws(FuzzFinding) {
    switch event {
    case .headers(let id, let block, let endStream): try headers(id, block, endStream: endStream)
    case .informational(let id, _): try hold(phases[id] == .open, "an interim response to \(id) out of order")
    case .data(let id, let buffer, let endStream): try data(id, buffer, endStream: endStream)
    case .trailers(let id, _):
      try hold(phases[id] == .hasHeaders, "trailers of \(id) out of order")
      phases[id] = .ended
    case .headersTooLarge(let id):
      if phases[id] == nil { phases[id] = .open }
      session.reset(id, .refusedStream)
    case .writable(let id):
      try hold(session.queuedBytes(id) <= 64, "\(id) is called writable and is not")
    case .closed(let id, _): try hold(phases.removeValue(forKey: id) != nil, "\(id) ends without having begun")
    case .goAway, .settings, .ping, .pong: break
    }
  }

  private mutating func headers(_ id: HTTP2StreamID, _ block: HeaderBlock, endStream: Bool) throws(FuzzFinding) {
    if session.role == .server {
      try hold(phases[id] == nil, "\(id) begins twice")
      try hold(block.bytes(of: ":method") != nil, "a request without a method")
      answer(id)
    } else {
      try hold(phases[id] == .open, "a response to \(id) out of order")
      try hold(block.bytes(of: ":status") != nil, "a response without a status")
    }
    try hold(block.listSize <= 1024, "a header list of \(block.listSize) bytes")
    phases[id] = endStream ? .ended : .hasHeaders
  }

  /// Some streams are answered with trailers, some without, some are reset, some never answered.
  private func answer(_ id: HTTP2StreamID) {
    var block = HeaderBlock()
    block.append(":status", "200")
    switch id.rawValue / 2 % 4 {
    case 0:
      session.submitResponse(block, to: id, endStream: false)
      session.write(ByteBuffer(repeating: 7, count: 400), to: id)
      var trailers = HeaderBlock()
      trailers.append("grpc-status", "0")
      session.submitTrailers(trailers, to: id)
    case 1: session.submitResponse(block, to: id, endStream: true)
    case 2: session.reset(id, .cancel)
    default: break
    }
  }

  private mutating func data(_ id: HTTP2StreamID, _ buffer: ByteBuffer, endStream: Bool) throws(FuzzFinding) {
    // A header list that was too large is followed by what was under way.
    try hold(phases[id] != nil && phases[id] != .ended, "content of \(id) out of order")
    if endStream { phases[id] = .ended }
    guard session.isOpen(id) else { return }
    if id.rawValue / 2 % 3 == 0 {
      session.consume(id, bytes: buffer.readableBytes)
    } else if session.isOpen(id) {
      session.reset(id, .cancel)
    }
  }

  /// What was sent is whole frames within the limit of their length.
  private mutating func checkFrames() throws(FuzzFinding) {
    if session.role == .client { output.moveReaderIndex(forwardBy: min(24, output.readableBytes)) }
    while let head = output.readBytes(length: 9) {
      let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
      try hold(length <= 16_384, "a frame of \(length) bytes is sent")
      try hold(output.readSlice(length: length) != nil, "half a frame is sent")
    }
    try hold(output.readableBytes == 0, "half a frame is sent")
  }
}
