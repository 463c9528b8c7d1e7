@testable import HTTP2

/// RFC 9113 sections 5.1, 6.1 to 6.4 and 6.10, broken by a client.
enum StreamRules {
  static let all = idle + halfClosed + closed + identifiers + payloads + continuations

  private static let reset = RawFrame.reset(1)

  private static let idle = [
    FrameRule("5.1 DATA on an idle stream", .data(1, [1]), is: .connectionError(.protocolError)),
    FrameRule("5.1 WINDOW_UPDATE on an idle stream", .windowUpdate(1, 1), is: .connectionError(.protocolError)),
    FrameRule("5.1 RST_STREAM on an idle stream", reset, is: .connectionError(.protocolError)),
    FrameRule("5.1 PRIORITY on an idle stream", .priority(1), is: .ignored),
  ]

  private static let halfClosed = [
    FrameRule("5.1 DATA when half-closed", after: [.request(1)], .data(1, [1]), is: .connectionError(.streamClosed)),
    FrameRule("5.1 HEADERS when half-closed", after: [.request(1)], .request(1), is: .connectionError(.streamClosed)),
    FrameRule("5.1 WINDOW_UPDATE when half-closed", after: [.request(1)], .windowUpdate(1, 1), is: .ignored),
    FrameRule("5.1 PRIORITY when half-closed", after: [.request(1)], .priority(1), is: .ignored),
    FrameRule(
      "5.1 RST_STREAM when half-closed", after: [.request(1)], reset,
      is: .accepted(["closed 1 resetByPeer(CANCEL)"])),
  ]

  private static let closed = [
    FrameRule(
      "5.1 DATA after one's own RST_STREAM", after: [.openRequest(1), reset], .data(1, [1]),
      is: .ignored),
    FrameRule(
      "5.1 HEADERS after one's own RST_STREAM", after: [.openRequest(1), reset], .request(1),
      is: .ignored),
    FrameRule(
      "5.1 WINDOW_UPDATE after RST_STREAM", after: [.openRequest(1), reset], .windowUpdate(1, 1), is: .ignored),
    FrameRule("5.1 RST_STREAM after RST_STREAM", after: [.openRequest(1), reset], reset, is: .ignored),
    FrameRule("5.1 PRIORITY after RST_STREAM", after: [.openRequest(1), reset], .priority(1), is: .ignored),
    FrameRule("5.1 DATA under way when this side resets", after: refused, .data(1, [1]), is: .ignored),
    FrameRule(
      "5.1 trailers under way when this side resets", after: refused, .headers(1, RawFrame.block([("a", "b")])),
      is: .ignored),
  ]

  /// A stream that the server has reset.
  private static let refused = [RawFrame.openRequest(1), .windowUpdate(1, 0x7fff_ffff)]

  private static let identifiers = [
    FrameRule("5.1.1 an even stream", .request(2), is: .connectionError(.protocolError)),
    FrameRule(
      "5.1.1 a lower stream than before: dropped", after: [.request(5)], .request(3),
      is: .ignored),
    FrameRule("5.1.1 HEADERS on the connection", .request(0), is: .connectionError(.protocolError)),
    FrameRule(
      "5.1.2 more streams than allowed", after: [1, 3, 5, 7].map { .openRequest($0) }, .openRequest(9),
      is: .connectionError(.protocolError)),
  ]

  private static let payloads = [
    FrameRule("6.1 DATA on the connection", .data(0, [1]), is: .connectionError(.protocolError)),
    FrameRule(
      "6.1 padding as long as the payload", after: [.openRequest(1)], .data(1, [3, 1, 2], flags: 0x8),
      is: .connectionError(.protocolError)),
    FrameRule(
      "6.1 padding of the whole rest", after: [.openRequest(1)], .data(1, [2, 0, 0], flags: 0x9),
      is: .accepted(["data 1 0 end"])),
    FrameRule(
      "6.1 padded without a length", after: [.openRequest(1)], .data(1, [], flags: 0x8),
      is: .connectionError(.protocolError)),
    FrameRule(
      "6.2 padding longer than the payload",
      .headers(
        1, [200] + RawFrame.block(RawFrame.requestFields),
        flags: 0xd), is: .connectionError(.protocolError)),
    FrameRule(
      "6.2 padded", .headers(1, [2] + RawFrame.block(RawFrame.requestFields) + [0, 0], flags: 0xd),
      is: ConnectionRules.whole(1)),
    FrameRule("6.2 a priority cut short", .headers(1, [0, 0, 0], flags: 0x25), is: .connectionError(.frameSizeError)),
    FrameRule(
      "6.2 dependent on itself",
      .headers(1, [0, 0, 0, 1, 15] + RawFrame.block(RawFrame.requestFields), flags: 0x25),
      is: .connectionError(.protocolError)),
    FrameRule(
      "6.3 PRIORITY of 4 bytes", RawFrame(type: 2, stream: 1, payload: [0, 0, 0, 0]),
      is: .connectionError(.frameSizeError)),
    FrameRule("6.3 PRIORITY on the connection", .priority(0), is: .connectionError(.protocolError)),
    FrameRule(
      "6.3 PRIORITY dependent on itself", RawFrame(type: 2, stream: 1, payload: [0, 0, 0, 1, 15]),
      is: .connectionError(.protocolError)),
    FrameRule(
      "6.4 RST_STREAM of 3 bytes", after: [.openRequest(1)], RawFrame(type: 3, stream: 1, payload: [0, 0, 0]),
      is: .connectionError(.frameSizeError)),
    FrameRule("6.4 RST_STREAM on the connection", .reset(0), is: .connectionError(.protocolError)),
    FrameRule(
      "6.4 RST_STREAM with an unknown code", after: [.openRequest(1)], .reset(1, 0xbe),
      is: .accepted(["closed 1 resetByPeer(ERROR_190)"])),
  ]

  private static let begun = RawFrame.request(1, flags: 0x1)

  private static let continuations = [
    FrameRule(
      "6.10 in two parts", begun, .continuation(1, RawFrame.block([("a", "b")]), flags: 0x4),
      is: ConnectionRules.whole(1)),
    FrameRule("6.10 CONTINUATION of nothing", .continuation(1, [], flags: 0x4), is: .connectionError(.protocolError)),
    FrameRule(
      "6.10 CONTINUATION after END_HEADERS", after: [.openRequest(1)], .continuation(1, [], flags: 0x4),
      is: .connectionError(.protocolError)),
    FrameRule(
      "6.10 CONTINUATION of another stream", begun, .continuation(3, [], flags: 0x4),
      is: .connectionError(.protocolError)),
    FrameRule(
      "6.10 CONTINUATION on the connection", begun, .continuation(0, [], flags: 0x4),
      is: .connectionError(.protocolError)),
    FrameRule("6.2 PING within a block", begun, .ping(), is: .connectionError(.protocolError)),
    FrameRule("6.2 DATA within a block", begun, .data(1, [1]), is: .connectionError(.protocolError)),
    FrameRule("6.2 HEADERS within a block", begun, .request(3), is: .connectionError(.protocolError)),
    FrameRule(
      "5.5 an unknown type within a block", begun, RawFrame(type: 0xbe, stream: 1),
      is: .connectionError(.protocolError)),
  ]
}
