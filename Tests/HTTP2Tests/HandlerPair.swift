import NIOCore
import NIOEmbedded

@testable import HTTP2

/// A delegate that writes down what it is told, and reacts as a test wants.
final class RecordingDelegate: HTTP2ConnectionDelegate {
  var events: [String] = []
  var didClose = false
  var error: HTTP2Error?
  var batches = 0
  /// Streams cut off, and for what.
  var cutOff: [String] = []
  /// What it says when asked for stalled requests, and for what pace it was asked.
  var stalledRequests: [HTTP2StreamID] = []
  var lowestPace = 0
  var react: ((HTTP2ConnectionHandler<RecordingDelegate>, HTTP2Event) -> Void)?

  func connection(_ connection: Connection, didReceive event: HTTP2Event) {
    if let summary = event.summary { self.events.append(summary) }
    self.react?(connection, event)
  }

  func connectionDidFinishReading(_ connection: Connection) {
    self.batches += 1
  }

  func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {
    self.didClose = true
    self.error = error
  }

  func connection(_ connection: Connection, didCutOff id: HTTP2StreamID, for abuse: HTTP2Abuse) {
    self.cutOff.append("\(id) \(abuse.rawValue)")
  }

  func connection(_ connection: Connection, requestsStalledBelow minimum: Int) -> [HTTP2StreamID] {
    self.lowestPace = minimum
    return self.stalledRequests
  }

  func takeEvents() -> [String] {
    defer { self.events = [] }
    return self.events
  }
}

/// Holds back writes as a socket does whose peer does not read.
final class SlowWriter: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer

  var isHolding = false
  private var held: [(NIOAny, EventLoopPromise<Void>?)] = []
  private var context: ChannelHandlerContext?

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    self.context = context
    if self.isHolding { self.held.append((data, promise)) } else { context.write(data, promise: promise) }
  }

  func release() {
    let held = self.held
    self.held = []
    for (data, promise) in held { self.context?.write(data, promise: promise) }
    self.context?.flush()
  }
}

/// A server's handler on a channel without a socket and with a clock that the test turns, and a
/// client's session that speaks to it.
final class HandlerPair {
  let channel: EmbeddedChannel
  let handler: HTTP2ConnectionHandler<RecordingDelegate>
  let delegate = RecordingDelegate()
  let client: HTTP2Session
  /// Writes that left the server's channel.
  private(set) var writes = 0
  private(set) var clientEvents: [String] = []

  /// Before the handler on the way out, if asked for.
  let slow = SlowWriter()

  init(
    timeouts: HTTP2Timeouts = HTTP2Timeouts(),
    configuration: HTTP2Configuration = HTTP2Configuration(),
    slowWrites: Bool = false
  ) throws {
    self.client = try HTTP2Session(role: .client, configuration: SessionPair.clientConfiguration)
    let loop = EmbeddedEventLoop()
    self.handler = try HTTP2ConnectionHandler(
      role: .server,
      configuration: configuration,
      timeouts: timeouts,
      executor: EventLoopTaskExecutor(eventLoop: loop),
      delegate: self.delegate
    )
    let handlers: [any ChannelHandler] = slowWrites ? [self.slow, self.handler] : [self.handler]
    self.channel = EmbeddedChannel(handlers: handlers, loop: loop)
    try self.channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
  }

  var loop: EmbeddedEventLoop { self.channel.embeddedEventLoop }

  /// Lets both sides say all they have to.
  func exchange() throws {
    var isBusy = true
    while isBusy {
      isBusy = false
      var bytes = ByteBuffer()
      try self.client.drain(into: &bytes)
      if bytes.readableBytes > 0 {
        isBusy = true
        try self.channel.writeInbound(bytes)
      }
      self.loop.run()
      while let written = try self.channel.readOutbound(as: ByteBuffer.self) {
        isBusy = true
        self.writes += 1
        try self.client.receive(written)
      }
      while let event = self.client.nextEvent() {
        if let summary = event.summary { self.clientEvents.append(summary) }
      }
    }
  }

  func advance(_ time: TimeAmount) throws {
    self.loop.advanceTime(by: time)
    try self.exchange()
  }

  func takeWrites() -> Int {
    defer { self.writes = 0 }
    return self.writes
  }

  func takeClientEvents() -> [String] {
    defer { self.clientEvents = [] }
    return self.clientEvents
  }
}
