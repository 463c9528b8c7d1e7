import Testing

@testable import HTTP2

/// One rule of RFC 9113 that a peer can keep or break with frames, and what must come of it.
struct FrameRule: CustomTestStringConvertible, Sendable {
  enum Outcome: Hashable, Sendable {
    /// GOAWAY with the code, and nothing is received any more.
    case connectionError(HTTP2ErrorCode)
    /// RST_STREAM with the code; the connection lives.
    case streamError(Int32, HTTP2ErrorCode)
    /// Neither; these events come of it, and the connection lives.
    case accepted([String])

    /// No event, no error.
    static let ignored = Self.accepted([])
  }

  /// The section and what is done.
  var name: String
  /// What comes before, in order.
  var before: [RawFrame] = []
  var frames: [RawFrame]
  var outcome: Outcome

  var testDescription: String { self.name }

  init(_ name: String, after before: [RawFrame] = [], _ frames: RawFrame..., is outcome: Outcome) {
    self.name = name
    self.before = before
    self.frames = frames
    self.outcome = outcome
  }

  init(_ name: String, after before: [RawFrame] = [], all frames: [RawFrame], is outcome: Outcome) {
    self.name = name
    self.before = before
    self.frames = frames
    self.outcome = outcome
  }
}

extension RawFrame {
  static func request(_ stream: Int32, _ more: [(String, String)] = [], flags: UInt8 = 0x5) -> Self {
    .headers(stream, Self.block(Self.requestFields + more), flags: flags)
  }

  /// A request whose content is to follow.
  static func openRequest(_ stream: Int32, _ more: [(String, String)] = []) -> Self {
    .request(stream, more, flags: 0x4)
  }

  static func response(_ stream: Int32, _ more: [(String, String)] = [], flags: UInt8 = 0x5) -> Self {
    .headers(stream, Self.block([(":status", "200")] + more), flags: flags)
  }

  static func pushPromise(_ stream: Int32, promising promised: UInt32) -> Self {
    Self(type: 5, flags: 0x4, stream: stream, payload: Self.word(promised) + Self.block(Self.requestFields))
  }
}
