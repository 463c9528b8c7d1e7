import NIOCore

@testable import HTTP2

/// Frames written by hand, to say what a well-behaved peer would not.
struct RawFrame {
  var type: UInt8
  var flags: UInt8 = 0
  var stream: Int32 = 0
  var payload: [UInt8] = []

  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  static func data(_ stream: Int32, _ payload: [UInt8] = [], flags: UInt8 = 0) -> Self {
    Self(type: 0, flags: flags, stream: stream, payload: payload)
  }

  /// `flags` 0x4 is END_HEADERS, 0x1 END_STREAM.
  static func headers(_ stream: Int32, _ block: [UInt8], flags: UInt8 = 0x5) -> Self {
    Self(type: 1, flags: flags, stream: stream, payload: block)
  }

  static func priority(_ stream: Int32) -> Self {
    Self(type: 2, stream: stream, payload: [0, 0, 0, 0, 15])
  }

  static func reset(_ stream: Int32, _ code: UInt8 = 8) -> Self {
    Self(type: 3, stream: stream, payload: [0, 0, 0, code])
  }

  static func settings(_ payload: [UInt8] = [], flags: UInt8 = 0) -> Self {
    Self(type: 4, flags: flags, payload: payload)
  }

  static func settings(_ id: UInt16, _ value: UInt32) -> Self {
    Self.settings([UInt8(id >> 8), UInt8(id & 0xff)] + Self.word(value))
  }

  static func goAway(last: UInt32, code: UInt32 = 0, stream: Int32 = 0) -> Self {
    Self(type: 7, stream: stream, payload: Self.word(last) + Self.word(code))
  }

  static func ping(flags: UInt8 = 0, _ payload: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]) -> Self {
    Self(type: 6, flags: flags, payload: payload)
  }

  static func windowUpdate(_ stream: Int32, _ increment: UInt32) -> Self {
    Self(type: 8, stream: stream, payload: Self.word(increment))
  }

  static func word(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }

  static func continuation(_ stream: Int32, _ block: [UInt8], flags: UInt8 = 0) -> Self {
    Self(type: 9, flags: flags, stream: stream, payload: block)
  }

  var bytes: [UInt8] {
    let length = UInt32(self.payload.count)
    let header = [UInt8(length >> 16 & 0xff), UInt8(length >> 8 & 0xff), UInt8(length & 0xff), self.type, self.flags]
    return header + Self.word(UInt32(bitPattern: self.stream)) + self.payload
  }

  /// A header block of literals without indexing (RFC 7541 section 6.2.2).
  static func block(_ fields: [(String, String)]) -> [UInt8] {
    fields.flatMap { name, value in
      [0x00] + Self.string(name) + Self.string(value)
    }
  }

  private static func string(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = text.utf8.count
    if rest < 127 {
      bytes.append(UInt8(rest))
    } else {
      bytes.append(127)
      rest -= 127
      while rest >= 128 {
        bytes.append(UInt8(rest % 128 + 128))
        rest /= 128
      }
      bytes.append(UInt8(rest))
    }
    return bytes + Array(text.utf8)
  }

  static let requestFields = [
    (":method", "POST"), (":scheme", "http"), (":path", "/a/b"), (":authority", "x"),
  ]
}

/// A session spoken to in raw frames.
struct RawPeer {
  let session: HTTP2Session

  /// - Parameter greets: whether the peer begins as it should: a client's preface, and settings.
  init(
    _ configuration: HTTP2Configuration = HTTP2Configuration(),
    role: HTTP2Session.Role = .server,
    greets: Bool = true
  ) throws {
    self.session = try HTTP2Session(role: role, configuration: configuration)
    if greets { try self.send(bytes: (role == .server ? RawFrame.preface : []) + RawFrame.settings().bytes) }
  }

  func send(_ frames: RawFrame..., at now: NIODeadline = .now()) throws {
    try self.send(bytes: frames.flatMap(\.bytes), at: now)
  }

  func send(bytes: [UInt8], at now: NIODeadline = .now()) throws {
    try self.session.receive(ByteBuffer(bytes: bytes), now: now)
  }

  /// The frames that the server has to say.
  func answer() throws -> [RawFrame] {
    var buffer = ByteBuffer()
    try self.session.drain(into: &buffer)
    var frames: [RawFrame] = []
    while let head = buffer.readBytes(length: 9) {
      let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
      let stream = head[5...8].reduce(Int32(0)) { $0 << 8 | Int32($1) }
      let payload = buffer.readBytes(length: length) ?? []
      frames.append(RawFrame(type: head[3], flags: head[4], stream: stream, payload: payload))
    }
    return frames
  }

  /// The error code of the GOAWAY among the answers.
  func goAwayCode() throws -> HTTP2ErrorCode? {
    try self.answer().first { $0.type == 7 }.map { frame in
      HTTP2ErrorCode(rawValue: frame.payload[4..<8].reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }
  }

  /// The stream and code of each RST_STREAM among the answers.
  func resets() throws -> [String] {
    try self.answer().filter { $0.type == 3 }.map { frame in
      let code = HTTP2ErrorCode(rawValue: frame.payload.reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
      return "\(frame.stream) \(code)"
    }
  }

  func events() -> [String] {
    var events: [String] = []
    while let event = self.session.nextEvent() {
      if let summary = event.summary { events.append(summary) }
    }
    return events
  }
}
