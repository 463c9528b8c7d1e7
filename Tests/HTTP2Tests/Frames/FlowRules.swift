@testable import HTTP2

/// RFC 9113 sections 5.2 and 6.9, broken by a client. The windows are 30,000 bytes of a stream and 65,535 in all.
enum FlowRules {
  static let all = [
    FrameRule(
      "6.9 WINDOW_UPDATE of 3 bytes", RawFrame(type: 8, payload: [0, 0, 1]),
      is: .connectionError(.frameSizeError)),
    FrameRule("6.9 an increment of 0 for the connection", .windowUpdate(0, 0), is: .connectionError(.protocolError)),
    FrameRule(
      "6.9 an increment of 0 for a stream", after: [.openRequest(1)], .windowUpdate(1, 0),
      is: .connectionError(.protocolError)),
    FrameRule(
      "6.9 the reserved bit is ignored", after: [.openRequest(1)], .windowUpdate(1, 0x8000_0001),
      is: .ignored),
    FrameRule(
      "6.9.1 the connection's window over 2^31 - 1", .windowUpdate(0, 0x7fff_ffff),
      is: .connectionError(.flowControlError)),
    FrameRule(
      "6.9.1 a stream's window over 2^31 - 1", after: [.openRequest(1)], .windowUpdate(1, 0x7fff_ffff),
      is: .streamError(1, .flowControlError)),
    FrameRule(
      "6.9.2 a stream's window over 2^31 - 1 by SETTINGS: only that stream ends",
      after: [.openRequest(1), .windowUpdate(1, 0x7fff_0000)], .settings(4, 0x7fff_ffff),
      is: .streamError(1, .flowControlError)),
    FrameRule("6.9.2 a window below 0 by SETTINGS", after: [.openRequest(1)], .settings(4, 0), is: .ignored),
    FrameRule(
      "6.9.1 content as large as a stream's window", after: [.openRequest(1)],
      content(1, 16_384), content(1, 13_616), is: .accepted(["data 1 16384", "data 1 13616"])),
    FrameRule(
      "6.9.1 content beyond a stream's window", after: [.openRequest(1)],
      content(1, 16_384), content(1, 13_617), is: .streamError(1, .flowControlError)),
    FrameRule(
      "6.9.1 padding counts as well", after: [.openRequest(1)],
      content(1, 16_384), .data(1, [255] + ConnectionRules.zeros(13_617), flags: 0x8),
      is: .streamError(1, .flowControlError)),
    FrameRule(
      "6.9.1 content beyond the connection's window", after: [1, 3, 5, 7].map { .openRequest($0) },
      all: [1, 3, 5, 7].map { content($0, 16_384) }, is: .connectionError(.flowControlError)),
    FrameRule(
      "5.1 content of a stream that was reset is credited to the connection",
      after: [.openRequest(1), refused] + (0..<40).map { _ in content(1, 16_384) }, .ping(),
      is: .accepted(["ping"])),
  ]

  private static func content(_ stream: Int32, _ count: Int) -> RawFrame {
    .data(stream, ConnectionRules.zeros(count))
  }

  /// Makes the server reset the stream.
  private static let refused = RawFrame.windowUpdate(1, 0x7fff_ffff)
}
