import NIOCore
import NIOEmbedded
import Testing

@testable import HTTP2

@Suite("Pace")
struct PaceTests {
  /// Looks with these bytes moved before each.
  private func looks(_ moved: [Int], isWaiting: Bool = true) -> [Bool] {
    var pace = Pace()
    return moved.map { bytes in
      pace.moved += bytes
      return pace.look(isWaiting: isWaiting, minimum: 100)
    }
  }

  @Test("what moves fast enough never stalls")
  func fast() {
    #expect(!self.looks(Array(repeating: 100, count: 20)).contains(true))
  }

  @Test("four slow looks in a row are a stall")
  func slow() {
    #expect(self.looks([99, 0, 99, 0, 0]) == [false, false, false, true, true])
  }

  @Test("one fast look begins the count anew")
  func recovery() {
    #expect(self.looks([0, 0, 0, 100, 0, 0, 0]) == Array(repeating: false, count: 7))
  }

  @Test("what has nothing to move does not stall")
  func idle() {
    #expect(!self.looks(Array(repeating: 0, count: 20), isWaiting: false).contains(true))
  }
}

/// A server's handler held to a pace by the embedded loop's clock.
@Suite("Connection handler: slow peers")
struct SlowPeerTests {
  private func pair(_ change: (inout HTTP2Timeouts) -> Void = { _ in }) throws -> HandlerPair {
    var timeouts = HTTP2Timeouts()
    timeouts.headerBlock = .seconds(10)
    timeouts.stall = .seconds(40)
    timeouts.minimumRate = 100
    change(&timeouts)
    return try HandlerPair(timeouts: timeouts)
  }

  private static let preface = RawFrame.preface + RawFrame.settings().bytes

  @Test("headers that do not end", arguments: [false, true])
  func headers(_ isSwitchedOff: Bool) throws {
    let pair = try self.pair { if isSwitchedOff { $0.headerBlock = nil } }
    let head = RawFrame.request(1, [("slow", String(repeating: "x", count: 1_000))]).bytes
    try pair.channel.writeInbound(ByteBuffer(bytes: Self.preface + head.prefix(200)))
    for byte in head[200..<210] {
      pair.loop.advanceTime(by: .seconds(1))
      if pair.channel.isActive { try pair.channel.writeInbound(ByteBuffer(bytes: [byte])) }
    }
    pair.loop.advanceTime(by: .seconds(2))
    #expect(pair.delegate.error == (isSwitchedOff ? nil : .abuse(.slowHeaders)))
    #expect(pair.channel.isActive == isSwitchedOff)
  }

  @Test("headers that end in time")
  func headersInTime() throws {
    let pair = try self.pair()
    let head = RawFrame.request(1).bytes
    try pair.channel.writeInbound(ByteBuffer(bytes: Self.preface + head.dropLast(3)))
    pair.loop.advanceTime(by: .seconds(9))
    try pair.channel.writeInbound(ByteBuffer(bytes: head.suffix(3)))
    pair.loop.advanceTime(by: .seconds(9))
    #expect(pair.channel.isActive)
    #expect(pair.delegate.takeEvents() == ["headers 1 /a/b end"])
  }

  /// A stream with content for which the client gives no window, and what a client does about it each second.
  private func reader(
    _ pair: HandlerPair, seconds: Int, turn: (HTTP2StreamID) throws -> Void = { _ in }
  ) throws -> HTTP2StreamID {
    try pair.channel.writeInbound(ByteBuffer(bytes: RawFrame.preface + RawFrame.settings(4, 0).bytes))
    try pair.channel.writeInbound(ByteBuffer(bytes: RawFrame.request(1).bytes))
    let id = HTTP2StreamID(1)
    pair.handler.submitResponse(.response(), to: id, endStream: false)
    pair.handler.write(ByteBuffer(repeating: 1, count: 100_000), to: id)
    for _ in 0..<seconds {
      pair.loop.advanceTime(by: .seconds(1))
      try turn(id)
    }
    pair.loop.run()
    return id
  }

  private func grant(_ bytes: UInt32, to pair: HandlerPair) throws {
    try pair.channel.writeInbound(ByteBuffer(bytes: RawFrame.windowUpdate(1, bytes).bytes))
  }

  @Test("a client that takes nothing of what it asked for loses the stream")
  func zeroWindow() throws {
    let pair = try self.pair()
    let id = try self.reader(pair, seconds: 41)
    #expect(!pair.handler.isOpen(id))
    #expect(pair.delegate.cutOff == ["1 slow_reads"])
    #expect(pair.channel.isActive)
  }

  @Test("and one that takes a byte a second")
  func oneByteWindow() throws {
    let pair = try self.pair()
    let id = try self.reader(pair, seconds: 41) { _ in try self.grant(1, to: pair) }
    #expect(!pair.handler.isOpen(id))
    #expect(pair.delegate.cutOff == ["1 slow_reads"])
  }

  @Test("but not one that takes as much as it must")
  func slowEnough() throws {
    let pair = try self.pair()
    let id = try self.reader(pair, seconds: 100) { _ in try self.grant(100, to: pair) }
    #expect(pair.handler.isOpen(id))
    #expect(pair.delegate.cutOff == [])
  }

  @Test("nor one for whom there is nothing")
  func nothing() throws {
    let pair = try self.pair()
    try pair.channel.writeInbound(ByteBuffer(bytes: Self.preface + RawFrame.request(1).bytes))
    pair.loop.advanceTime(by: .seconds(100))
    #expect(pair.handler.isOpen(HTTP2StreamID(1)))
  }

  @Test("without the limit all of them stay")
  func switchedOff() throws {
    let pair = try self.pair { $0.stall = nil }
    let id = try self.reader(pair, seconds: 100)
    #expect(pair.handler.isOpen(id))
  }

  @Test("the connection's window held shut ends the connection")
  func connectionWindow() throws {
    let pair = try self.pair()
    try pair.channel.writeInbound(ByteBuffer(bytes: RawFrame.preface + RawFrame.settings(4, 0x7fff_ffff).bytes))
    try pair.channel.writeInbound(ByteBuffer(bytes: RawFrame.request(1).bytes))
    pair.handler.submitResponse(.response(), to: HTTP2StreamID(1), endStream: false)
    pair.handler.write(ByteBuffer(repeating: 1, count: 100_000), to: HTTP2StreamID(1))
    // The first look still sees the window being used up.
    pair.loop.advanceTime(by: .seconds(52))
    #expect(pair.delegate.error == .abuse(.slowReads))
  }

  @Test("requests are judged by the user of the connection")
  func requests() throws {
    let pair = try self.pair()
    try pair.channel.writeInbound(ByteBuffer(bytes: Self.preface + RawFrame.openRequest(1).bytes))
    pair.delegate.stalledRequests = [HTTP2StreamID(1)]
    pair.loop.advanceTime(by: .seconds(10))
    #expect(!pair.handler.isOpen(HTTP2StreamID(1)))
    #expect(pair.delegate.cutOff == ["1 slow_requests"])
    #expect(pair.delegate.lowestPace == 1_000)
  }

  @Test("a violation is told, also when the transport then fails", arguments: [false, true])
  func violation(_ transportFails: Bool) throws {
    let pair = try self.pair()
    try pair.channel.writeInbound(ByteBuffer(bytes: Self.preface + RawFrame.data(1, [1]).bytes))
    if transportFails { pair.channel.pipeline.fireErrorCaught(ChannelError.ioOnClosedChannel) }
    pair.loop.run()
    #expect(pair.delegate.error == .protocolViolation(.protocolError))
  }

  @Test("a frame that only began is no sign of life")
  func signsOfLife() throws {
    let pair = try self.pair()
    try pair.channel.writeInbound(ByteBuffer(bytes: Self.preface))
    let last = pair.handler.clocks.lastRead
    try pair.channel.writeInbound(ByteBuffer(bytes: RawFrame.ping().bytes.prefix(12)))
    #expect(pair.handler.clocks.lastRead == last)
    try pair.channel.writeInbound(ByteBuffer(bytes: RawFrame.ping().bytes.suffix(5)))
    #expect(pair.handler.clocks.lastRead > last)
  }
}

@Suite("Session: the connection's window of a proxy")
struct ConnectionWindowTests {
  /// Bytes that come when the receiver consumes nothing.
  private func unconsumed(holding: Bool) throws -> Int {
    var client = SessionPair.clientConfiguration
    client.initialStreamWindow = 65_535
    client.connectionWindow = 100_000
    client.holdsConnectionWindow = holding
    let pair = try SessionPair(client: client)
    var ids: [HTTP2StreamID] = []
    for _ in 0..<4 { ids.append(try pair.client.submitRequest(.request(), endStream: true)) }
    try pair.exchange()
    for id in ids {
      pair.server.submitResponse(.response(), to: id, endStream: false)
      pair.server.write(ByteBuffer(repeating: 1, count: 200_000), to: id)
    }
    try pair.exchange()
    return 4 * 200_000 - ids.reduce(0) { $0 + pair.server.queuedBytes($1) }
  }

  @Test("a stream that is not read stops the others, unless the window is not held")
  func held() throws {
    #expect(try self.unconsumed(holding: true) == 100_000)
    #expect(try self.unconsumed(holding: false) == 4 * 65_535)
  }
}
