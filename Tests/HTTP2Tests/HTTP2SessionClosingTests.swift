import NIOCore
import Testing

@testable import HTTP2

@Suite("Session: ends of streams and connections")
struct HTTP2SessionClosingTests {
  @Test("a reset names its code on both sides")
  func reset() throws {
    let pair = try SessionPair()
    let id = try pair.client.submitRequest(.request(), endStream: false)
    try pair.exchange()
    pair.client.reset(id, .cancel)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["headers 1 /a/b", "closed 1 resetByPeer(CANCEL)"])
    #expect(pair.newClientEvents() == ["closed 1 resetLocally(CANCEL)"])
  }

  @Test("a request that was refused was not processed")
  func refused() throws {
    let pair = try SessionPair()
    let id = try pair.client.submitRequest(.request(), endStream: false)
    try pair.exchange()
    pair.server.reset(id, .refusedStream)
    try pair.exchange()
    #expect(pair.newClientEvents() == ["closed 1 notProcessed"])
  }

  @Test("an answer before the request's end has the client stop sending")
  func earlyAnswer() throws {
    let pair = try SessionPair()
    let id = try pair.client.submitRequest(.request(), endStream: false)
    try pair.exchange()
    pair.server.submitResponse(.response(), to: id, endStream: false)
    pair.server.write(ByteBuffer(string: "no"), to: id)
    pair.server.submitTrailers(.trailers(status: "8"), to: id)
    try pair.exchange()
    #expect(
      pair.newClientEvents() == ["headers 1 200", "data 1 2", "trailers 1 8", "closed 1 resetByPeer(NO_ERROR)"]
    )
    #expect(pair.newServerEvents() == ["headers 1 /a/b", "closed 1 finished"])
  }

  @Test("streams beyond a GOAWAY's last were not processed, those before finish")
  func goAway() throws {
    let pair = try SessionPair()
    let first = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    pair.server.goAway()
    // Sent before the GOAWAY has arrived.
    let second = try pair.client.submitRequest(.request(), endStream: true)
    var bytes = ByteBuffer()
    try pair.client.drain(into: &bytes)
    try pair.exchange()
    #expect(second == HTTP2StreamID(3))
    #expect(pair.newClientEvents() == ["goAway 1 NO_ERROR ", "closed 3 notProcessed"])
    #expect(!pair.client.canStartStreams)
    #expect(throws: HTTP2Error.connectionClosing) {
      _ = try pair.client.submitRequest(.request(), endStream: true)
    }
    pair.server.submitResponse(.response(), to: first, endStream: true)
    try pair.exchange()
    #expect(pair.newClientEvents() == ["headers 1 200 end", "closed 1 finished"])
  }

  @Test("a notice of shutdown lets requests under way be served")
  func shutdownNotice() throws {
    let pair = try SessionPair()
    try pair.exchange()
    pair.server.announceShutdown()
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["headers 1 /a/b end"])
    #expect(pair.newClientEvents() == ["goAway 2147483647 NO_ERROR "])
    pair.server.goAway()
    pair.server.submitResponse(.response(), to: id, endStream: true)
    try pair.exchange()
    #expect(pair.newClientEvents() == ["goAway 1 NO_ERROR ", "headers 1 200 end", "closed 1 finished"])
  }

  @Test("requests beyond the peer's limit wait, and can be withdrawn")
  func concurrency() throws {
    var server = HTTP2Configuration()
    server.maxConcurrentStreams = 1
    let pair = try SessionPair(server: server)
    try pair.exchange()
    #expect(pair.client.peerSettings.maxConcurrentStreams == 1)
    let ids = try (0..<3).map { _ in try pair.client.submitRequest(.request(), endStream: true) }
    try pair.exchange()
    #expect(pair.newServerEvents() == ["headers 1 /a/b end"])
    pair.client.reset(ids[1], .cancel)
    pair.server.submitResponse(.response(), to: ids[0], endStream: true)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["closed 1 finished", "headers 5 /a/b end"])
    let events = pair.newClientEvents()
    #expect(events.contains("closed 1 finished"))
    #expect(events.contains { $0.hasPrefix("closed 3") })
  }

  @Test("when the transport goes, requests never sent are known not to be processed")
  func abandon() throws {
    var server = HTTP2Configuration()
    server.maxConcurrentStreams = 1
    let pair = try SessionPair(server: server)
    try pair.exchange()
    for _ in 0..<2 { _ = try pair.client.submitRequest(.request(), endStream: true) }
    try pair.exchange()
    pair.client.abandon()
    pair.collect()
    #expect(pair.newClientEvents() == ["closed 1 connectionLost", "closed 3 notProcessed"])
  }

  @Test("interim responses come before the final one")
  func informational() throws {
    let pair = try SessionPair()
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    pair.server.submitInformational(.response(status: "103"), to: id)
    pair.server.submitResponse(.response(), to: id, endStream: true)
    try pair.exchange()
    #expect(pair.newClientEvents() == ["informational 1 103", "headers 1 200 end", "closed 1 finished"])
  }

  @Test("a ping is answered with its number")
  func ping() throws {
    let pair = try SessionPair()
    pair.client.ping(0x0102_0304_0506_0708)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["ping"])
    #expect(pair.newClientEvents() == ["pong \(0x0102_0304_0506_0708 as UInt64)"])
  }

  @Test("calls on a stream that is gone do nothing and say so")
  func goneStream() throws {
    let pair = try SessionPair()
    try pair.exchange()
    let id = HTTP2StreamID(99)
    #expect(!pair.client.write(ByteBuffer(string: "x"), to: id))
    #expect(!pair.server.submitResponse(.response(), to: id, endStream: true))
    #expect(!pair.server.submitTrailers(.trailers(), to: id))
    pair.client.reset(id, .cancel)
    pair.client.consume(id, bytes: 10)
    try pair.exchange()
    #expect(pair.newServerEvents() == [])
  }
}
