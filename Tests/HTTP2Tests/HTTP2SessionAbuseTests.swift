import NIOCore
import Testing

@testable import HTTP2

@Suite("Session: what a hostile peer gets")
struct HTTP2SessionAbuseTests {
  struct Flood: CustomTestStringConvertible, Sendable {
    var abuse: HTTP2Abuse
    var frames: @Sendable (Int) -> [RawFrame]
    var testDescription: String { self.abuse.rawValue }
  }

  /// Each repeats what is harmless once.
  static let floods: [Flood] = [
    Flood(abuse: .pings) { _ in [.ping()] },
    // Answers to pings that nobody sent.
    Flood(abuse: .pings) { _ in [.ping(flags: 0x1)] },
    Flood(abuse: .windowUpdates) { turn in
      turn == 0 ? [.headers(1, RawFrame.block(RawFrame.requestFields), flags: 0x4)] : [.windowUpdate(1, 1)]
    },
    Flood(abuse: .settings) { _ in [.settings()] },
    Flood(abuse: .priorities) { _ in [.priority(1)] },
    Flood(abuse: .emptyData) { turn in
      turn == 0 ? [.headers(1, RawFrame.block(RawFrame.requestFields), flags: 0x4)] : [.data(1)]
    },
    Flood(abuse: .streamResets) { turn in
      let stream = Int32(turn * 2 + 1)
      return [.headers(stream, RawFrame.block(RawFrame.requestFields)), .reset(stream)]
    },
    Flood(abuse: .provokedResets) { turn in
      // Resets its own stream by overflowing the server's window.
      let stream = Int32(turn * 2 + 1)
      let request = RawFrame.headers(stream, RawFrame.block(RawFrame.requestFields), flags: 0x4)
      return [request, .windowUpdate(stream, 0x7fff_ffff)]
    },
  ]

  @Test("a flood ends the connection with ENHANCE_YOUR_CALM", arguments: Self.floods)
  func flood(_ flood: Flood) throws {
    let peer = try RawPeer()
    let now = NIODeadline.now()
    var offence: HTTP2Error?
    for turn in 0..<5_000 where offence == nil {
      do {
        try peer.send(bytes: flood.frames(turn).flatMap(\.bytes), at: now)
      } catch let error as HTTP2Error {
        offence = error
      }
      if offence == nil { _ = try peer.answer() }
    }
    #expect(offence == .abuse(flood.abuse))
    #expect(try peer.goAwayCode() == .enhanceYourCalm)
    #expect(peer.session.isFinished)
  }

  @Test("the same frames at a bearable pace are no offence", arguments: Self.floods)
  func pace(_ flood: Flood) throws {
    let peer = try RawPeer()
    var now = NIODeadline.now()
    for turn in 0..<1_500 {
      now = now + .seconds(1)
      try peer.send(bytes: flood.frames(turn).flatMap(\.bytes), at: now)
      _ = try peer.answer()
    }
    #expect(!peer.session.isFinished)
  }

  @Test("pings between content are free, as those that measure a path")
  func pathMeasurement() throws {
    let pair = try SessionPair()
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    pair.server.submitResponse(.response(), to: id, endStream: false)
    for number in 0..<1_000 {
      pair.server.write(ByteBuffer(string: "x"), to: id)
      pair.client.consume(id, bytes: 1)
      pair.client.ping(UInt64(number))
      try pair.exchange()
    }
    #expect(pair.newClientEvents().filter { $0.hasPrefix("pong") }.count == 1_000)
  }

  @Test("credit for content is free, in portions too")
  func credit() throws {
    let peer = try RawPeer()
    let now = NIODeadline.now()
    try peer.send(.headers(1, RawFrame.block(RawFrame.requestFields)), at: now)
    peer.session.submitResponse(.response(), to: HTTP2StreamID(1), endStream: false)
    for _ in 0..<2_000 {
      peer.session.write(ByteBuffer(string: "four"), to: HTTP2StreamID(1))
      _ = try peer.answer()
      let credit: [RawFrame] = [.windowUpdate(0, 4), .windowUpdate(1, 1), .windowUpdate(1, 1), .windowUpdate(1, 2)]
      try peer.send(bytes: credit.flatMap(\.bytes), at: now)
    }
    #expect(!peer.session.isFinished)
  }

  @Test("a client that says again and again that it goes is cut off")
  func goodbyes() throws {
    let peer = try RawPeer()
    let now = NIODeadline.now()
    try peer.send(.headers(1, RawFrame.block(RawFrame.requestFields), flags: 0x4), at: now)
    #expect(throws: HTTP2Error.abuse(.invalidFrames)) {
      for _ in 0..<1_000 { try peer.send(.goAway(last: 0), at: now) }
    }
  }

  @Test("malformed frames are counted even if resets are not")
  func invalidFrames() throws {
    var configuration = HTTP2Configuration()
    configuration.abuseLimits.provokedResets = .init(burst: 1_000_000, perSecond: 0)
    let peer = try RawPeer(configuration)
    let now = NIODeadline.now()
    #expect(throws: HTTP2Error.abuse(.invalidFrames)) {
      for turn in 0..<1_000 {
        try peer.send(.headers(Int32(turn * 2 + 1), RawFrame.block([(":method", "POST")])), at: now)
        _ = try peer.answer()
      }
    }
    #expect(try peer.goAwayCode() == .enhanceYourCalm)
  }

  @Test("a header block that never ends is cut off after a few CONTINUATION frames")
  func continuations() throws {
    let peer = try RawPeer()
    let field = RawFrame.block([("x", "y")])
    try peer.send(.headers(1, RawFrame.block(RawFrame.requestFields), flags: 0))
    #expect(throws: HTTP2Error.abuse(.continuations)) {
      for _ in 0..<20 { try peer.send(.continuation(1, field)) }
    }
    #expect(peer.events() == [])
  }

  @Test("a header list over the limit is reported, and the connection lives")
  func largeHeaders() throws {
    let peer = try RawPeer()
    let fields = RawFrame.requestFields + (0..<5).map { ("x\($0)", String(repeating: "v", count: 4_000)) }
    try Self.sendHeaders(fields, to: peer)
    #expect(peer.events() == ["headersTooLarge 1"])
    peer.session.submitResponse(.response(status: "431"), to: HTTP2StreamID(1), endStream: true)
    try peer.send(.headers(3, RawFrame.block(RawFrame.requestFields)))
    #expect(peer.events() == ["headers 3 /a/b end"])
  }

  @Test("a header list far over the limit ends the connection")
  func hugeHeaders() throws {
    let peer = try RawPeer()
    let fields = RawFrame.requestFields + (0..<20).map { ("x\($0)", String(repeating: "v", count: 4_000)) }
    #expect(throws: HTTP2Error.abuse(.headerListBytes)) { try Self.sendHeaders(fields, to: peer) }
    #expect(try peer.goAwayCode() == .enhanceYourCalm)
  }

  @Test("a list that is long only when decompressed is bounded as well")
  func headerBomb() throws {
    let peer = try RawPeer()
    // One indexed literal of 3,000 bytes, then references to it, a byte each.
    var block = RawFrame.block(RawFrame.requestFields)
    block += [0x40] + RawFrame.block([("bomb", String(repeating: "b", count: 3_000))]).dropFirst()
    block += [UInt8](repeating: 0x80 | 62, count: 8_000)
    #expect(throws: HTTP2Error.abuse(.headerListBytes)) { try peer.send(.headers(1, block)) }
  }

  @Test("replies that the peer does not read are bounded")
  func unreadReplies() throws {
    var configuration = HTTP2Configuration()
    configuration.abuseLimits.pings = .init(burst: 1_000_000, perSecond: 1_000_000)
    let peer = try RawPeer(configuration)
    #expect(throws: HTTP2Error.abuse(.unreadReplies)) {
      for _ in 0..<2_000 { try peer.send(.ping()) }
    }
  }

  /// One header block in frames of at most 16,000 bytes.
  private static func sendHeaders(_ fields: [(String, String)], to peer: RawPeer) throws {
    let block = RawFrame.block(fields)
    let parts = stride(from: 0, to: block.count, by: 16_000).map { Array(block[$0..<min($0 + 16_000, block.count)]) }
    for (index, part) in parts.enumerated() {
      let isLast: UInt8 = index == parts.count - 1 ? 0x4 : 0
      try peer.send(index == 0 ? .headers(1, part, flags: isLast | 0x1) : .continuation(1, part, flags: isLast))
    }
  }
}
