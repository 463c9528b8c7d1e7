import NIOCore
import Testing

@testable import HTTP2

@Suite("Session: flow control")
struct HTTP2SessionFlowTests {
  private static func configuration(window: Int32, connectionWindow: Int32 = 1 << 20) -> HTTP2Configuration {
    var configuration = HTTP2Configuration()
    configuration.initialStreamWindow = window
    configuration.connectionWindow = connectionWindow
    return configuration
  }

  @Test("content waits for the window, and credit comes only from consuming")
  func window() throws {
    let pair = try SessionPair(server: Self.configuration(window: 1_000))
    let id = try pair.client.submitRequest(.request(), endStream: false)
    try pair.exchange()
    _ = pair.newServerEvents()
    pair.client.write(ByteBuffer(repeating: 1, count: 2_500), to: id, endStream: true)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["data 1 1000"])
    #expect(pair.client.queuedBytes(id) == 1_500)

    pair.server.consume(id, bytes: 1_000)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["data 1 1000"])
    pair.server.consume(id, bytes: 1_000)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["data 1 500 end"])
  }

  @Test("a stream that is not read does not hold up another")
  func independence() throws {
    let pair = try SessionPair(server: Self.configuration(window: 1_000))
    let stuck = try pair.client.submitRequest(.request(), endStream: false)
    pair.client.write(ByteBuffer(repeating: 1, count: 5_000), to: stuck)
    try pair.exchange()
    let other = try pair.client.submitRequest(.request(), endStream: false)
    pair.client.write(ByteBuffer(repeating: 1, count: 10), to: other, endStream: true)
    try pair.exchange()
    #expect(pair.newServerEvents().suffix(2) == ["headers 3 /a/b", "data 3 10 end"])
  }

  @Test("credit of the connection comes back when a stream ends unread")
  func abandonedCredit() throws {
    let pair = try SessionPair(server: Self.configuration(window: 60_000, connectionWindow: 65_535))
    for _ in 0..<10 {
      let id = try pair.client.submitRequest(.request(), endStream: false)
      pair.client.write(ByteBuffer(repeating: 1, count: 50_000), to: id, endStream: true)
      try pair.exchange()
      #expect(pair.client.queuedBytes(id) == 0)
      pair.server.submitResponse(.response(), to: id, endStream: true)
      try pair.exchange()
    }
    #expect(pair.server.openStreamCount == 0)
  }

  @Test("a writer is told when its queue has drained")
  func watermarks() throws {
    let pair = try SessionPair(client: Self.configuration(window: 50_000))
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    _ = pair.newServerEvents()
    pair.server.submitResponse(.response(), to: id, endStream: false)
    pair.server.write(ByteBuffer(repeating: 1, count: 60_000), to: id)
    #expect(pair.server.isWritable(id))
    pair.server.write(ByteBuffer(repeating: 1, count: 60_000), to: id)
    #expect(!pair.server.isWritable(id))
    try pair.exchange()
    #expect(pair.server.queuedBytes(id) == 70_000)
    #expect(pair.newServerEvents() == [])
    pair.client.consume(id, bytes: 50_000)
    try pair.exchange()
    #expect(pair.newServerEvents() == [])
    pair.client.consume(id, bytes: 50_000)
    try pair.exchange()
    #expect(pair.newServerEvents() == ["writable 1"])
    #expect(pair.server.isWritable(id))
  }

  @Test("output stops at the caller's limit and goes on from there")
  func outputLimit() throws {
    let pair = try SessionPair(client: Self.configuration(window: 1 << 20))
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    pair.server.submitResponse(.response(), to: id, endStream: false)
    pair.server.write(ByteBuffer(repeating: 1, count: 200_000), to: id)
    pair.server.submitTrailers(.trailers(), to: id)
    var rounds = 0
    while pair.server.wantsToSend {
      var bytes = ByteBuffer()
      try pair.server.drain(into: &bytes, limit: 20_000)
      #expect(bytes.readableBytes <= 20_000 + 16_384 + 9)
      try pair.client.receive(bytes)
      rounds += 1
      guard bytes.readableBytes > 0 else { break }
    }
    pair.collect()
    #expect(rounds > 6)
    #expect(pair.newClientEvents().suffix(2) == ["trailers 1 0", "closed 1 finished"])
  }

  @Test("data events are slices of what was received, not copies")
  func slices() throws {
    let peer = try RawPeer()
    try peer.send(.headers(1, RawFrame.block(RawFrame.requestFields), flags: 0x4))
    _ = peer.events()
    let received = ByteBuffer(bytes: RawFrame.data(1, Array("payload".utf8)).bytes)
    try peer.session.receive(received)
    guard case .data(_, let slice, _) = peer.session.nextEvent() else {
      Issue.record("no data")
      return
    }
    #expect(String(buffer: slice) == "payload")
  }
}
