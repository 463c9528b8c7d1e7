import NIOCore
import NIOEmbedded
import Testing

@testable import HTTP2

@Suite("Connection handler")
struct HTTP2ConnectionHandlerTests {
  @Test("what is written during a read batch leaves in one write")
  func oneWrite() throws {
    let pair = try HandlerPair()
    try pair.exchange()
    _ = pair.takeWrites()
    pair.delegate.react = { connection, event in
      guard case .headers(let id, _, _) = event else { return }
      connection.submitResponse(.response(), to: id, endStream: false)
      connection.write(ByteBuffer(string: "a"), to: id)
      connection.submitTrailers(.trailers(), to: id)
    }
    for _ in 0..<10 { _ = try pair.client.submitRequest(.request(), endStream: true) }
    try pair.exchange()
    #expect(pair.takeWrites() == 1)
    #expect(pair.takeClientEvents().filter { $0.hasPrefix("trailers") }.count == 10)
    #expect(pair.delegate.batches == 3)
  }

  @Test("what is written outside of a batch leaves at the end of the tick, in one write")
  func tick() throws {
    let pair = try HandlerPair()
    let ids = try (0..<3).map { _ in try pair.client.submitRequest(.request(), endStream: true) }
    try pair.exchange()
    _ = pair.takeWrites()
    for id in ids { pair.handler.submitResponse(.response(), to: id, endStream: true) }
    #expect(try pair.channel.readOutbound(as: ByteBuffer.self) == nil)
    try pair.exchange()
    #expect(pair.takeWrites() == 1)
  }

  @Test("tasks made runnable by a batch run within it")
  func tasks() throws {
    let pair = try HandlerPair()
    try pair.exchange()
    _ = pair.takeWrites()
    let handler = NIOLoopBound(pair.handler, eventLoop: pair.loop)
    pair.delegate.react = { connection, event in
      guard case .headers(let id, _, _) = event else { return }
      Task(executorPreference: connection.executor) {
        await Task.yield()
        handler.value.submitResponse(.response(), to: id, endStream: true)
      }
    }
    _ = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    #expect(pair.takeWrites() == 1)
    #expect(pair.takeClientEvents() == ["headers 1 200 end", "closed 1 finished"])
  }

  @Test("while the channel is not writable nothing is taken from the session")
  func writability() throws {
    let pair = try HandlerPair()
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    pair.channel.isWritable = false
    pair.handler.submitResponse(.response(), to: id, endStream: false)
    pair.handler.write(ByteBuffer(repeating: 1, count: 1_000), to: id)
    try pair.exchange()
    #expect(pair.handler.queuedBytes(id) == 1_000)
    pair.channel.isWritable = true
    pair.channel.pipeline.fireChannelWritabilityChanged()
    try pair.exchange()
    #expect(pair.handler.queuedBytes(id) == 0)
    #expect(pair.takeClientEvents() == ["headers 1 200", "data 1 1000"])
  }

  @Test("what the channel still holds leaves before an orderly close")
  func lingering() throws {
    let pair = try HandlerPair(slowWrites: true)
    let id = try pair.client.submitRequest(.request(), endStream: true)
    try pair.exchange()
    pair.handler.shutdownGracefully(grace: nil)
    try pair.exchange()
    pair.slow.isHolding = true
    pair.handler.submitResponse(.response(), to: id, endStream: true)
    try pair.exchange()
    #expect(pair.handler.openStreamCount == 0)
    #expect(pair.channel.isActive)
    pair.slow.isHolding = false
    pair.slow.release()
    try pair.exchange()
    #expect(pair.takeClientEvents().contains("closed 1 finished"))
    #expect(!pair.channel.isActive)
  }

  @Test("a peer that takes nothing is not waited for")
  func lingeringEnds() throws {
    let pair = try HandlerPair(slowWrites: true)
    try pair.exchange()
    pair.slow.isHolding = true
    pair.handler.terminate(.internalError, error: .shutdownTimeout)
    pair.loop.run()
    #expect(pair.channel.isActive)
    pair.loop.advanceTime(by: .seconds(2))
    #expect(!pair.channel.isActive)
    pair.slow.release()
  }

  @Test("when the channel closes every stream is reported, then the end")
  func inactive() throws {
    let pair = try HandlerPair()
    for _ in 0..<2 { _ = try pair.client.submitRequest(.request(), endStream: true) }
    try pair.exchange()
    _ = pair.delegate.takeEvents()
    try pair.channel.close().wait()
    #expect(pair.delegate.events == ["closed 1 connectionLost", "closed 3 connectionLost"])
    #expect(pair.delegate.didClose)
    #expect(pair.delegate.error == nil)
    #expect(!pair.handler.isActive)
  }

  @Test("a peer that breaks the protocol is told why before the close, and the delegate too")
  func violation() throws {
    let pair = try HandlerPair()
    try pair.exchange()
    try pair.channel.writeInbound(ByteBuffer(bytes: RawFrame.data(0, [1]).bytes))
    try pair.exchange()
    #expect(pair.takeClientEvents().last?.hasPrefix("goAway 0 PROTOCOL_ERROR") == true)
    #expect(pair.delegate.didClose)
    #expect(!pair.channel.isActive)
  }

  @Test("a flood is reported as such")
  func flood() throws {
    let pair = try HandlerPair()
    try pair.exchange()
    for _ in 0..<200 { _ = try? pair.channel.writeInbound(ByteBuffer(bytes: RawFrame.ping().bytes)) }
    #expect(pair.delegate.error == .abuse(.pings))
    #expect(!pair.channel.isActive)
  }

  @Test("an error of the transport ends the connection and is reported")
  func transportError() throws {
    let pair = try HandlerPair()
    try pair.exchange()
    pair.channel.pipeline.fireErrorCaught(HTTP2Error.badPreface)
    #expect(pair.delegate.didClose)
    guard case .transport = pair.delegate.error else {
      Issue.record("\(String(describing: pair.delegate.error))")
      return
    }
  }
}
