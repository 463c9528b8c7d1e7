@testable import HTTP2

/// RFC 9113 broken by a server. The client has sent all of its request on stream 1 and the head of one on stream 3.
enum ClientRules {
  static let all = connection + streams + responses + interim + lengths

  private static func status(_ status: String, flags: UInt8 = 0x4, on stream: Int32 = 1) -> RawFrame {
    .headers(stream, RawFrame.block([(":status", status)]), flags: flags)
  }

  private static func malformed(_ name: String, _ fields: [(String, String)], flags: UInt8 = 0x5) -> FrameRule {
    FrameRule(name, .headers(1, RawFrame.block(fields), flags: flags), is: .streamError(1, .protocolError))
  }

  private static let connection = [
    FrameRule("4.1 an unknown type is ignored", RawFrame(type: 0xbe, stream: 1, payload: [1]), is: .ignored),
    FrameRule("6.5.2 ENABLE_PUSH 1 by a server", .settings(2, 1), is: .connectionError(.protocolError)),
    FrameRule("6.5.2 ENABLE_PUSH 0 by a server", .settings(2, 0), is: .ignored),
    FrameRule("6.5.2 INITIAL_WINDOW_SIZE 2^31", .settings(4, 0x8000_0000), is: .connectionError(.flowControlError)),
    FrameRule("6.5.2 MAX_FRAME_SIZE 16,383", .settings(5, 16_383), is: .connectionError(.protocolError)),
    FrameRule("6.5 a length that is no multiple of 6", .settings([0]), is: .connectionError(.frameSizeError)),
    FrameRule(
      "6.6 PUSH_PROMISE though push is off", .pushPromise(1, promising: 2),
      is: .connectionError(.protocolError)),
    FrameRule("6.7 PING of 7 bytes", .ping(ConnectionRules.zeros(7)), is: .connectionError(.frameSizeError)),
    FrameRule("6.8 GOAWAY on a stream", .goAway(last: 0, stream: 1), is: .connectionError(.protocolError)),
    FrameRule(
      "6.8 GOAWAY: streams above the last were not processed", .goAway(last: 1),
      is: .accepted(["goAway 1 NO_ERROR ", "closed 3 notProcessed"])),
    FrameRule(
      "6.8 a second GOAWAY with a higher last stream", after: [.goAway(last: 1)], .goAway(last: 3),
      is: .connectionError(.protocolError)),
    FrameRule("6.9 an increment of 0 for the connection", .windowUpdate(0, 0), is: .connectionError(.protocolError)),
    FrameRule(
      "6.9.1 the connection's window over 2^31 - 1", .windowUpdate(0, 0x7fff_ffff),
      is: .connectionError(.flowControlError)),
    FrameRule(
      "6.9.1 a stream's window over 2^31 - 1", .windowUpdate(3, 0x7fff_ffff),
      is: .streamError(3, .flowControlError)),
    FrameRule("4.3 a block that is no HPACK", .headers(1, [0x80]), is: .connectionError(.compressionError)),
    FrameRule("6.10 CONTINUATION of nothing", .continuation(1, [], flags: 0x4), is: .connectionError(.protocolError)),
    FrameRule("6.10 PING within a block", status("200", flags: 0), .ping(), is: .connectionError(.protocolError)),
  ]

  private static let streams = [
    FrameRule(
      "5.1 HEADERS on a stream that the client has not opened", .response(5),
      is: .connectionError(.protocolError)),
    FrameRule(
      "5.1 DATA on a stream that the client has not opened", .data(5, [1]),
      is: .connectionError(.protocolError)),
    FrameRule(
      "5.1 RST_STREAM on a stream that the client has not opened", .reset(5),
      is: .connectionError(.protocolError)),
    FrameRule(
      "5.1 WINDOW_UPDATE on a stream that the client has not opened", .windowUpdate(5, 1),
      is: .connectionError(.protocolError)),
    FrameRule("5.1.1 HEADERS on an even stream without a promise", .response(2), is: .connectionError(.protocolError)),
    FrameRule("5.1 DATA after the response", after: [.response(1)], .data(1, [1]), is: .ignored),
    FrameRule(
      "5.1 DATA after the response while the request goes on", after: [.response(3)], .data(3, [1]),
      is: .connectionError(.streamClosed)),
    FrameRule(
      "5.1 HEADERS after the response while the request goes on", after: [.response(3)], .response(3),
      is: .connectionError(.streamClosed)),
    FrameRule("5.1 WINDOW_UPDATE after the response", after: [.response(1)], .windowUpdate(1, 1), is: .ignored),
    FrameRule("5.1 RST_STREAM after the response", after: [.response(1)], .reset(1), is: .ignored),
    FrameRule(
      "8.1 RST_STREAM with NO_ERROR after an early response", after: [.response(3)], .reset(3, 0),
      is: .accepted(["closed 3 resetByPeer(NO_ERROR)"])),
    FrameRule("8.7 REFUSED_STREAM: not processed", .reset(3, 7), is: .accepted(["closed 3 notProcessed"])),
    FrameRule(
      "6.1 DATA beyond the stream's window", after: [status("200")],
      .data(1, ConnectionRules.zeros(16_384)), .data(1, ConnectionRules.zeros(13_617)),
      is: .streamError(1, .flowControlError)),
    FrameRule(
      "6.1 padding as long as the payload", after: [status("200")], .data(1, [3, 1, 2], flags: 0x8),
      is: .connectionError(.protocolError)),
  ]

  private static let responses = [
    FrameRule("8.1 a response", .response(1), is: .accepted(["headers 1 200 end", "closed 1 finished"])),
    FrameRule("8.1 content before the head", .data(1, [1]), is: .connectionError(.protocolError)),
    FrameRule(
      "8.1 trailers", after: [status("200"), .data(1, [1])], .headers(1, RawFrame.block([("grpc-status", "0")])),
      is: .accepted(["trailers 1 0", "closed 1 finished"])),
    FrameRule(
      "8.1 trailers that do not end the stream", after: [status("200"), .data(1, [1])],
      .headers(1, RawFrame.block([("grpc-status", "0")]), flags: 0x4), is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1 trailers with a pseudo-header", after: [status("200"), .data(1, [1])], .response(1),
      is: .streamError(1, .protocolError)),
    malformed("8.3.2 no status", [("a", "b")]),
    malformed("8.3.2 two statuses", [(":status", "200"), (":status", "200")]),
    malformed("8.3.2 a status of two digits", [(":status", "20")]),
    malformed("8.3.2 a status that is no number", [(":status", "2x0")]),
    malformed("8.3 a request's pseudo-header", [(":status", "200"), (":path", "/")]),
    malformed("8.3 a pseudo-header after a field", [("a", "b"), (":status", "200")]),
    malformed("8.2 an upper-case name", [(":status", "200"), ("Upper", "x")]),
    malformed("8.2.1 LF in a value", [(":status", "200"), ("a", "x\ny")]),
    malformed("8.2.1 a space before a value", [(":status", "200"), ("a", " x")]),
    malformed("8.2.2 connection", [(":status", "200"), ("connection", "close")]),
    malformed("8.2.2 transfer-encoding", [(":status", "200"), ("transfer-encoding", "chunked")]),
  ]

  private static let interim = [
    FrameRule(
      "8.1 interim responses, then the final one", status("100"), status("103"), .response(1),
      is: .accepted(["informational 1 100", "informational 1 103", "headers 1 200 end", "closed 1 finished"])),
    FrameRule(
      "8.1 an interim response that ends the stream", status("100", flags: 0x5),
      is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1 content after an interim response", after: [status("100")], .data(1, [1]),
      is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1 an interim response after the final one", after: [status("200")], status("100"),
      is: .streamError(1, .protocolError)),
    FrameRule("8.6 status 101", status("101"), is: .streamError(1, .protocolError)),
  ]

  private static func length(_ value: String, _ count: Int) -> [RawFrame] {
    [.response(1, [("content-length", value)], flags: 0x4), .data(1, ConnectionRules.zeros(count), flags: 0x1)]
  }

  private static let lengths = [
    FrameRule("8.1.1 content shorter than content-length", all: length("4", 3), is: .streamError(1, .protocolError)),
    FrameRule("8.1.1 content longer than content-length", all: length("2", 3), is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1.1 no content and a content-length", .response(1, [("content-length", "1")]),
      is: .streamError(1, .protocolError)),
  ]
}
