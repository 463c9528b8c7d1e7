@testable import HTTP2

/// RFC 9113 sections 8.2 and 8.3: the fields of a request. What is malformed resets the stream (section 8.1.1).
enum FieldRules {
  static let all = names + values + connectionFields + pseudoFields + targets

  private static func malformed(_ name: String, _ fields: [(String, String)]) -> FrameRule {
    FrameRule(name, .headers(1, RawFrame.block(fields)), is: .streamError(1, .protocolError))
  }

  private static func extra(_ name: String, _ field: String, _ value: String = "x") -> FrameRule {
    malformed(name, RawFrame.requestFields + [(field, value)])
  }

  private static func wellFormed(_ name: String, _ field: String, _ value: String) -> FrameRule {
    FrameRule(name, .request(1, [(field, value)]), is: ConnectionRules.whole(1))
  }

  /// A request with one pseudo-header exchanged, or taken out.
  private static func exchanged(_ name: String, _ field: String, _ value: String?) -> FrameRule {
    malformed(name, RawFrame.requestFields.compactMap { $0.0 != field ? $0 : value.map { (field, $0) } })
  }

  private static let names = [
    extra("8.2 an upper-case name", "Upper"),
    extra("8.2.1 a space in a name", "a b"),
    extra("8.2.1 a control character in a name", "a\u{1}"),
    extra("8.2.1 DEL in a name", "a\u{7f}"),
    extra("8.2.1 a name beyond ASCII", "n\u{e4}me"),
    extra("8.2.1 a colon within a name", "a:b"),
    extra("8.2.1 an empty name", ""),
  ]

  private static let values = [
    extra("8.2.1 NUL in a value", "a", "x\0y"),
    extra("8.2.1 LF in a value", "a", "x\ny"),
    extra("8.2.1 CR in a value", "a", "x\ry"),
    extra("8.2.1 a space before a value", "a", " x"),
    extra("8.2.1 a space after a value", "a", "x "),
    extra("8.2.1 a tab before a value", "a", "\tx"),
    extra("8.2.1 a tab after a value", "a", "x\t"),
    wellFormed("8.2.1 an empty value", "a", ""),
    wellFormed("8.2.1 spaces and tabs within a value", "a", "x \ty"),
    wellFormed("8.2.1 a value beyond ASCII", "a", "\u{e4}"),
  ]

  private static let connectionFields =
    ["connection", "proxy-connection", "keep-alive", "transfer-encoding", "upgrade"].map {
      extra("8.2.2 \($0)", $0)
    } + [
      extra("8.2.2 te other than trailers", "te", "gzip"),
      extra("8.2.2 te with more than trailers", "te", "trailers, gzip"),
      wellFormed("8.2.2 te: trailers", "te", "trailers"),
    ]

  private static let pseudoFields = [
    malformed("8.3 a pseudo-header after a field", [("a", "b")] + RawFrame.requestFields),
    extra("8.3 an unknown pseudo-header", ":magic"),
    malformed("8.3 a response's pseudo-header", [(":status", "200")] + RawFrame.requestFields),
    malformed("8.3 two methods", [(":method", "GET")] + RawFrame.requestFields),
    malformed("8.3 two schemes", [(":scheme", "https")] + RawFrame.requestFields),
    malformed("8.3 two paths", [(":path", "/")] + RawFrame.requestFields),
    malformed("8.3 two authorities", [(":authority", "y")] + RawFrame.requestFields),
    exchanged("8.3.1 no method", ":method", nil),
    exchanged("8.3.1 no scheme", ":scheme", nil),
    exchanged("8.3.1 no path", ":path", nil),
    malformed("8.3.1 nothing at all", []),
    exchanged("8.3.1 an empty path", ":path", ""),
    exchanged("8.3.1 a path without a slash", ":path", "a/b"),
    exchanged("8.3.1 an asterisk other than for OPTIONS", ":path", "*"),
    exchanged("8.3.1 an empty method", ":method", ""),
    exchanged("8.3.1 a method that is no token", ":method", "PO ST"),
    exchanged("8.3.1 a scheme that is none", ":scheme", "ht tp"),
    exchanged("8.3.1 an authority with a space", ":authority", "x y"),
  ]

  private static let targets = [
    malformed("8.5 CONNECT with a path", [(":method", "CONNECT"), (":authority", "x:1"), (":path", "/")]),
    malformed("8.5 CONNECT without an authority", [(":method", "CONNECT")]),
  ]
}
