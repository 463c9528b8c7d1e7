import NIOCore
import NIOEmbedded
import Testing

@testable import HTTP2

/// The handler's timers run on the embedded loop's clock; what they compare with is the real one, so
/// these tests use intervals that have certainly passed (nanoseconds) or certainly not (hours).
@Suite("Connection handler: clocks and shutdown")
struct HTTP2ConnectionClockTests {
  private func timeouts(_ change: (inout HTTP2Timeouts) -> Void) -> HTTP2Timeouts {
    var timeouts = HTTP2Timeouts()
    change(&timeouts)
    return timeouts
  }

  @Test("a peer without settings is given up")
  func settings() throws {
    let pair = try HandlerPair(timeouts: self.timeouts { $0.settings = .seconds(5) })
    pair.loop.advanceTime(by: .seconds(6))
    #expect(pair.delegate.error == .settingsTimeout)
    #expect(!pair.channel.isActive)
  }

  @Test("a peer with settings is not")
  func settingsInTime() throws {
    let pair = try HandlerPair(timeouts: self.timeouts { $0.settings = .seconds(5) })
    try pair.exchange()
    try pair.advance(.seconds(60))
    #expect(pair.channel.isActive)
  }

  @Test("a quiet peer is pinged, and lives while it answers")
  func keepaliveAnswered() throws {
    let pair = try HandlerPair(timeouts: self.timeouts { $0.keepalive = .nanoseconds(10) })
    _ = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    try pair.advance(.nanoseconds(10))
    #expect(pair.takeClientEvents().contains("ping"))
    #expect(pair.channel.isActive)
    #expect(pair.delegate.events.contains { $0.hasPrefix("pong") })
  }

  @Test("a peer that does not answer a ping is given up")
  func keepaliveUnanswered() throws {
    let pair = try HandlerPair(
      timeouts: self.timeouts {
        $0.keepalive = .hours(1)
        $0.keepaliveResponse = .seconds(1)
        $0.keepaliveWithoutStreams = true
      })
    try pair.exchange()
    // As if the last read were long ago.
    pair.handler.clocks.lastRead = .now() - .hours(2)
    pair.loop.advanceTime(by: .hours(1))
    pair.loop.advanceTime(by: .seconds(2))
    #expect(pair.delegate.error == .keepaliveTimeout)
  }

  @Test("without streams there are no keepalive pings unless asked for")
  func keepaliveIdle() throws {
    let pair = try HandlerPair(timeouts: self.timeouts { $0.keepalive = .hours(1) })
    try pair.exchange()
    pair.handler.clocks.lastRead = .now() - .hours(2)
    try pair.advance(.hours(1))
    #expect(!pair.takeClientEvents().contains("ping"))
  }

  @Test("a connection without streams is closed after a while, one with a stream is not")
  func idle() throws {
    let pair = try HandlerPair(timeouts: self.timeouts { $0.idle = .hours(1) })
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    try pair.advance(.hours(3))
    #expect(pair.channel.isActive)
    pair.handler.submitResponse(.response(), to: id, endStream: true)
    try pair.exchange()
    pair.handler.clocks.idleSince = .now() - .hours(2)
    try pair.advance(.hours(1))
    #expect(pair.takeClientEvents().last == "goAway 2147483647 NO_ERROR ")
    // A client without streams has nothing to answer then; it would close.
    try pair.advance(.seconds(11))
    #expect(!pair.channel.isActive)
    #expect(pair.delegate.error == nil)
  }

  @Test("a connection past its age is drained, and cut when the grace is over")
  func age() throws {
    let pair = try HandlerPair(
      timeouts: self.timeouts {
        $0.maxAge = .minutes(10)
        $0.closeGrace = .minutes(1)
      })
    _ = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    try pair.advance(.minutes(9))
    #expect(!pair.takeClientEvents().contains { $0.hasPrefix("goAway") })
    try pair.advance(.minutes(2))
    #expect(pair.takeClientEvents().contains { $0.hasPrefix("goAway 2147483647") })
    #expect(pair.channel.isActive)
    try pair.advance(.minutes(1))
    #expect(!pair.channel.isActive)
    #expect(pair.delegate.error == .shutdownTimeout)
  }

  @Test("a graceful shutdown ends with the last stream")
  func shutdown() throws {
    let pair = try HandlerPair()
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    pair.handler.shutdownGracefully(grace: nil)
    try pair.exchange()
    #expect(pair.takeClientEvents() == ["goAway 2147483647 NO_ERROR ", "ping", "goAway 1 NO_ERROR "])
    #expect(pair.channel.isActive)
    pair.handler.submitResponse(.response(), to: id, endStream: true)
    try pair.exchange()
    #expect(pair.takeClientEvents() == ["headers 1 200 end", "closed 1 finished"])
    #expect(!pair.channel.isActive)
    #expect(pair.delegate.error == nil)
  }

  @Test("a request sent before the announcement arrived is served, also on an idle connection")
  func shutdownRace() throws {
    let pair = try HandlerPair()
    try pair.exchange()
    pair.handler.shutdownGracefully(grace: nil)
    let id = try pair.client.submitRequest(.request(), endStream: true)
    var request = ByteBuffer()
    try pair.client.drain(into: &request)
    try pair.channel.writeInbound(request)
    #expect(pair.channel.isActive)
    #expect(pair.delegate.takeEvents() == ["headers 1 /a/b end"])
    pair.handler.submitResponse(.response(), to: id, endStream: true)
    try pair.exchange()
    #expect(pair.takeClientEvents().contains("closed 1 finished"))
    #expect(!pair.channel.isActive)
  }

  @Test("a peer that does not answer the announcement does not hold up the shutdown")
  func silentPeer() throws {
    let pair = try HandlerPair()
    try pair.exchange()
    pair.handler.shutdownGracefully(grace: nil)
    pair.loop.advanceTime(by: .seconds(11))
    #expect(!pair.channel.isActive)
  }

  @Test("a shutdown before the peer has said anything closes at once")
  func earlyShutdown() throws {
    let pair = try HandlerPair()
    pair.handler.shutdownGracefully(grace: nil)
    pair.loop.run()
    #expect(!pair.channel.isActive)
    #expect(pair.delegate.error == nil)
  }

  @Test("too many pings end the connection, unless content flows")
  func pingEnforcement() throws {
    let pair = try HandlerPair(timeouts: self.timeouts { $0.minPingInterval = .hours(1) })
    for number in 0..<3 {
      let id = try pair.client.submitRequest(.request(), endStream: true)
      try pair.exchange()
      pair.handler.submitResponse(.response(), to: id, endStream: true)
      pair.client.ping(UInt64(number))
      try pair.exchange()
    }
    #expect(pair.channel.isActive)
    for number in 0..<5 {
      guard pair.channel.isActive else { break }
      pair.client.ping(UInt64(number))
      try pair.exchange()
    }
    #expect(pair.delegate.error == .abuse(.keepalivePings))
    #expect(pair.takeClientEvents().contains("goAway 5 ENHANCE_YOUR_CALM too_many_pings"))
  }
}
