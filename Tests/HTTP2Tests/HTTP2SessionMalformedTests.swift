import NIOCore
import Testing

@testable import HTTP2

@Suite("Session: malformed input")
struct HTTP2SessionMalformedTests {
  struct Request: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var fields: [(String, String)]
  }

  static let malformedRequests: [Request] = [
    Request(testDescription: "no method", fields: [(":scheme", "http"), (":path", "/"), (":authority", "x")]),
    Request(testDescription: "no path", fields: [(":method", "POST"), (":scheme", "http"), (":authority", "x")]),
    Request(testDescription: "two paths", fields: RawFrame.requestFields + [(":path", "/other")]),
    Request(testDescription: "unknown pseudo-header", fields: [(":magic", "1")] + RawFrame.requestFields),
    Request(testDescription: "pseudo-header after a field", fields: [("a", "b")] + RawFrame.requestFields),
    Request(testDescription: "upper-case name", fields: RawFrame.requestFields + [("Upper", "x")]),
    Request(testDescription: "connection header", fields: RawFrame.requestFields + [("connection", "close")]),
    Request(testDescription: "te other than trailers", fields: RawFrame.requestFields + [("te", "gzip")]),
    Request(testDescription: "status in a request", fields: [(":status", "200")] + RawFrame.requestFields),
  ]

  @Test("a malformed request is reset and never becomes an event", arguments: Self.malformedRequests)
  func malformedRequest(_ request: Request) throws {
    let peer = try RawPeer()
    try peer.send(.headers(1, RawFrame.block(request.fields)))
    #expect(try peer.resets() == ["1 PROTOCOL_ERROR"])
    #expect(peer.events() == [])
    #expect(peer.session.openStreamCount == 0)
    try peer.send(.headers(3, RawFrame.block(RawFrame.requestFields)))
    #expect(peer.events() == ["headers 3 /a/b end"])
  }

  @Test("content shorter than content-length resets the stream")
  func contentLength() throws {
    let peer = try RawPeer()
    let fields = RawFrame.requestFields + [("content-length", "10")]
    try peer.send(.headers(1, RawFrame.block(fields), flags: 0x4), .data(1, [1, 2, 3], flags: 0x1))
    #expect(try peer.resets() == ["1 PROTOCOL_ERROR"])
    #expect(peer.events().last == "closed 1 resetLocally(PROTOCOL_ERROR)")
  }

  struct Violation: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var frames: [RawFrame]
    var code: HTTP2ErrorCode
  }

  static let violations: [Violation] = [
    Violation(testDescription: "DATA on the connection", frames: [.data(0, [1])], code: .protocolError),
    Violation(testDescription: "DATA on an idle stream", frames: [.data(5, [1])], code: .protocolError),
    Violation(
      testDescription: "an even stream",
      frames: [.headers(2, RawFrame.block(RawFrame.requestFields))],
      code: .protocolError
    ),
    Violation(testDescription: "a short PING", frames: [.ping([1, 2, 3])], code: .frameSizeError),
    Violation(testDescription: "SETTINGS of odd size", frames: [.settings([1, 2, 3])], code: .frameSizeError),
    Violation(testDescription: "SETTINGS on a stream", frames: [RawFrame(type: 4, stream: 1)], code: .protocolError),
    Violation(
      testDescription: "a header block that is no HPACK", frames: [.headers(1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff])],
      code: .compressionError),
    Violation(testDescription: "a stray CONTINUATION", frames: [.continuation(1, [])], code: .protocolError),
    Violation(
      testDescription: "another frame within a header block",
      frames: [.headers(1, RawFrame.block(RawFrame.requestFields), flags: 0), .ping()],
      code: .protocolError
    ),
    Violation(
      testDescription: "a push by the client", frames: [RawFrame(type: 5, flags: 4, stream: 1, payload: [0, 0, 0, 2])],
      code: .protocolError),
    Violation(testDescription: "a window overflow", frames: [.windowUpdate(0, 0x7fff_ffff)], code: .flowControlError),
    Violation(testDescription: "an increment of zero", frames: [.windowUpdate(0, 0)], code: .protocolError),
    Violation(
      testDescription: "an oversized frame", frames: [.data(1, [UInt8](repeating: 0, count: 16_385))],
      code: .frameSizeError),
  ]

  @Test("a violation ends the connection with the right GOAWAY", arguments: Self.violations)
  func violation(_ violation: Violation) throws {
    let peer = try RawPeer()
    try? peer.send(bytes: violation.frames.flatMap(\.bytes))
    #expect(try peer.goAwayCode() == violation.code)
    #expect(peer.events().filter { $0.hasPrefix("headers") } == [])
    #expect(peer.session.isFinished)
  }

  @Test("a peer that does not speak HTTP/2 is told from the first bytes")
  func badPreface() throws {
    let peer = try RawPeer(greets: false)
    #expect(throws: HTTP2Error.badPreface) { try peer.send(bytes: Array("GET / HTTP/1.1\r\n".utf8)) }
  }

  @Test("frames cut at any byte are the same frames")
  func fragmentation() throws {
    let frames: [RawFrame] = [
      .settings(), .headers(1, RawFrame.block(RawFrame.requestFields), flags: 0x4),
      .data(1, Array("hello".utf8)), .data(1, [], flags: 0x1),
    ]
    let peer = try RawPeer(greets: false)
    for byte in RawFrame.preface + frames.flatMap(\.bytes) { try peer.send(bytes: [byte]) }
    let expected = ["headers 1 /a/b"] + Array(repeating: "data 1 1", count: 4) + ["data 1 1 end"]
    #expect(peer.events() == expected)
  }

  @Test("arbitrary bytes never crash and never open a stream", arguments: 0..<200)
  func noise(_ seed: Int) throws {
    var generator = SplitMix(state: UInt64(seed))
    let peer = try RawPeer()
    for _ in 0..<20 {
      var bytes = (0..<Int.random(in: 1...200, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      // Half the time a plausible frame header, so that the noise gets further.
      if Bool.random(using: &generator) {
        let type = UInt8.random(in: 0...10, using: &generator)
        bytes = RawFrame(type: type, flags: bytes[0], stream: Int32(bytes.count % 8), payload: bytes).bytes
      }
      do {
        try peer.send(bytes: bytes)
        _ = try peer.answer()
      } catch is HTTP2Error {
        break
      }
    }
    _ = peer.events()
  }
}

/// A small generator with a seed, so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    self.state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = self.state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
