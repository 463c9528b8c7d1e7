@testable import HTTP2

/// RFC 9113 sections 4, 5.5, 6.5, 6.6, 6.7 and 6.8, broken by a client.
enum ConnectionRules {
  static let all = frames + settings + others

  private static let frames = [
    FrameRule("4.1 an unknown type is ignored", RawFrame(type: 0xbe, payload: [1, 2, 3]), is: .ignored),
    FrameRule("5.5 an unknown type on an idle stream", RawFrame(type: 0xbe, stream: 9), .request(1), is: whole(1)),
    FrameRule("4.1 undefined flags are ignored", .ping(flags: 0xfe), is: .accepted(["ping"])),
    FrameRule("4.1 the reserved bit is ignored", .request(1 | Int32.min), is: whole(1)),
    FrameRule("4.2 HEADERS over the frame size", .headers(1, zeros(16_385)), is: .connectionError(.frameSizeError)),
    FrameRule("4.2 SETTINGS over the frame size", .settings(zeros(16_386)), is: .connectionError(.frameSizeError)),
    FrameRule(
      "4.2 DATA over the frame size", after: [.openRequest(1)], .data(1, zeros(16_385)),
      is: .connectionError(.frameSizeError)),
    FrameRule(
      "4.2 an unknown type over the frame size", RawFrame(type: 0xbe, payload: zeros(16_385)),
      is: .connectionError(.frameSizeError)),
  ]

  private static let settings = [
    FrameRule(
      "6.5 an acknowledgement with content", .settings(zeros(6), flags: 0x1),
      is: .connectionError(.frameSizeError)),
    FrameRule("6.5 on a stream", RawFrame(type: 4, stream: 1), is: .connectionError(.protocolError)),
    FrameRule("6.5 a length that is no multiple of 6", .settings(zeros(5)), is: .connectionError(.frameSizeError)),
    FrameRule("6.5.2 ENABLE_PUSH 2", .settings(2, 2), is: .connectionError(.protocolError)),
    FrameRule("6.5.2 INITIAL_WINDOW_SIZE 2^31", .settings(4, 0x8000_0000), is: .connectionError(.flowControlError)),
    FrameRule("6.5.2 INITIAL_WINDOW_SIZE 2^31 - 1", .settings(4, 0x7fff_ffff), is: .ignored),
    FrameRule("6.5.2 MAX_FRAME_SIZE 16,383", .settings(5, 16_383), is: .connectionError(.protocolError)),
    FrameRule("6.5.2 MAX_FRAME_SIZE 2^24", .settings(5, 0x100_0000), is: .connectionError(.protocolError)),
    FrameRule("6.5.2 MAX_FRAME_SIZE 2^24 - 1", .settings(5, 0xff_ffff), is: .ignored),
    FrameRule("6.5.2 an unknown setting is ignored", .settings(0xbeef, 7), is: .ignored),
    FrameRule("6.5.2 MAX_CONCURRENT_STREAMS 0", .settings(3, 0), is: .ignored),
    FrameRule("6.5.2 HEADER_TABLE_SIZE 2^32 - 1", .settings(1, 0xffff_ffff), is: .ignored),
  ]

  private static let others = [
    FrameRule(
      "6.6 PUSH_PROMISE by a client", after: [.openRequest(1)], .pushPromise(1, promising: 2),
      is: .connectionError(.protocolError)),
    FrameRule("6.7 PING of 7 bytes", .ping(zeros(7)), is: .connectionError(.frameSizeError)),
    FrameRule("6.7 PING of 9 bytes", .ping(zeros(9)), is: .connectionError(.frameSizeError)),
    FrameRule(
      "6.7 PING on a stream", RawFrame(type: 6, stream: 1, payload: zeros(8)),
      is: .connectionError(.protocolError)),
    FrameRule("6.7 an acknowledgement is not answered", .ping(flags: 0x1, zeros(8)), is: .accepted(["pong 0"])),
    FrameRule("6.8 GOAWAY on a stream", .goAway(last: 0, stream: 1), is: .connectionError(.protocolError)),
    FrameRule("6.8 GOAWAY of 7 bytes", RawFrame(type: 7, payload: zeros(7)), is: .connectionError(.frameSizeError)),
    FrameRule(
      "6.8 GOAWAY leaves streams be", after: [.openRequest(1)], .goAway(last: 0), .data(1, [1], flags: 0x1),
      is: .accepted(["goAway 0 NO_ERROR ", "data 1 1 end"])),
    FrameRule(
      "6.8 a second GOAWAY with a higher last stream", after: [.openRequest(1), .goAway(last: 0)], .goAway(last: 2),
      is: .connectionError(.protocolError)),
  ]

  static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  /// A request without content arrived.
  static func whole(_ stream: Int32) -> FrameRule.Outcome { .accepted(["headers \(stream) /a/b end"]) }
}
