@testable import HTTP2

/// RFC 9113 section 8.1: the order and the length of a request's parts.
enum MessageRules {
  static let all = order + lengths

  private static let trailers = RawFrame.block([("a", "b")])

  private static let order = [
    FrameRule(
      "8.1 trailers", after: [.openRequest(1), .data(1, [1])], .headers(1, trailers),
      is: .accepted(["trailers 1 "])),
    FrameRule(
      "8.1 trailers that do not end the stream", after: [.openRequest(1), .data(1, [1])],
      .headers(1, trailers, flags: 0x4), is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1 trailers with a pseudo-header", after: [.openRequest(1), .data(1, [1])],
      .headers(1, RawFrame.block([(":path", "/")])), is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1 trailers with a connection's field", after: [.openRequest(1)],
      .headers(1, RawFrame.block([("connection", "close")])), is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1 content after trailers", after: [.openRequest(1), .headers(1, trailers)], .data(1, [1]),
      is: .connectionError(.streamClosed)),
  ]

  private static func length(_ value: String, _ count: Int) -> [RawFrame] {
    [.openRequest(1, [("content-length", value)]), .data(1, ConnectionRules.zeros(count), flags: 0x1)]
  }

  private static let lengths = [
    FrameRule(
      "8.1.1 content as long as content-length", all: length("3", 3),
      is: .accepted(["headers 1 /a/b", "data 1 3 end"])),
    FrameRule("8.1.1 content shorter than content-length", all: length("4", 3), is: .streamError(1, .protocolError)),
    FrameRule("8.1.1 content longer than content-length", all: length("2", 3), is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1.1 no content and a content-length", .request(1, [("content-length", "1")]),
      is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1.1 trailers before all of content-length",
      after: [.openRequest(1, [("content-length", "2")]), .data(1, [1])], .headers(1, trailers),
      is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1.1 a content-length that is no number", .request(1, [("content-length", "x")]),
      is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1.1 a content-length below 0", .request(1, [("content-length", "-1")]),
      is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1.1 two content-lengths",
      .request(1, [("content-length", "0"), ("content-length", "1")]), is: .streamError(1, .protocolError)),
    FrameRule(
      "8.1.1 padding is not content",
      .openRequest(1, [("content-length", "1")]), .data(1, [2, 7, 0, 0], flags: 0x9),
      is: .accepted(["headers 1 /a/b", "data 1 1 end"])),
  ]
}
