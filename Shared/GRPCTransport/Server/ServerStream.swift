internal import GRPCCore
internal import HTTP2
internal import NIOCore

/// One RPC: what has arrived and is not read yet, what has been answered, and who waits for either.
/// Confined to its connection's event loop.
final class ServerStream {
  typealias Part = RPCRequestPart<[UInt8]>
  typealias Reader = CheckedContinuation<Part?, any Error>
  typealias Writer = CheckedContinuation<Void, any Error>

  /// Tells one waiting writer from another.
  final class WriterToken: Sendable {}

  enum Response {
    /// Nothing has been sent.
    case idle
    /// The initial metadata has been.
    case open
    /// The status has been, or never will be.
    case finished
  }

  let id: HTTP2StreamID
  let connection: ServerConnection
  let head: RequestHead
  var deadline: RPCDeadline?

  // The request.
  var metadata: Metadata?
  var deframer: MessageDeframer
  var isRequestComplete = false
  /// Bytes received for which the client has got no credit back.
  var uncredited = 0
  var reader: Reader?

  // The response.
  var response = Response.idle
  var compressesResponse = false
  var writers: [(token: WriterToken, writer: Writer)] = []

  /// Why the RPC cannot go on; what readers and writers are told.
  var failure: RPCError?
  private var cancellation: ServerContext.RPCCancellationHandle?
  private var task: Task<Void, Never>?

  init(id: HTTP2StreamID, connection: ServerConnection, head: RequestHead, metadata: Metadata) {
    self.id = id
    self.connection = connection
    self.head = head
    self.metadata = metadata
    self.deframer = MessageDeframer(maxMessageSize: connection.shared.configuration.maxRequestMessageSize)
  }

  var isFinished: Bool {
    if case .finished = self.response { true } else { false }
  }

  // MARK: Life

  /// Runs the RPC as a task on the connection's event loop. It begins when the read batch that
  /// brought the request has been parsed, so that a unary request is there whole.
  func start(_ method: MethodDescriptor) {
    let stream = NIOLoopBound(self, eventLoop: self.connection.eventLoop)
    let handler = self.connection.shared.handler
    let rpc = RPCStream(
      descriptor: method,
      inbound: HTTP2ServerTransport.Inbound(wrapping: ServerInbound(stream: stream)),
      outbound: HTTP2ServerTransport.Outbound(wrapping: ServerOutbound(stream: stream))
    )
    let info = HTTP2ServerConnectionInfo(connection: self.connection.info, deadline: self.deadline?.instant)
    let (remotePeer, localPeer) = (self.connection.remotePeer, self.connection.localPeer)
    self.task = Task(executorPreference: self.connection.executor) {
      await withServerContextRPCCancellationHandle { handle in
        stream.onLoop { $0.began(handle) }
        var context = ServerContext(
          descriptor: method,
          remotePeer: remotePeer,
          localPeer: localPeer,
          cancellation: handle
        )
        context.transportSpecific = info
        await handler(rpc, context)
      }
      stream.onLoop { $0.ended() }
    }
  }

  private func began(_ handle: ServerContext.RPCCancellationHandle) {
    self.cancellation = handle
    if self.failure != nil { handle.cancel() }
  }

  /// The handler has returned.
  private func ended() {
    self.task = nil
    self.cancellation = nil
    if !self.isFinished {
      self.fail(Status(code: .unknown, message: "The method ended without a status."))
    }
    self.metadata = nil
    self.connection.rpcEnded()
  }

  /// Answers with a status in the handler's stead and has the handler stop.
  func fail(_ status: Status) {
    guard !self.isFinished else { return }
    if self.connection.handler?.queuedBytes(self.id) ?? 0 > 0 {
      // The status would wait behind content that the client does not take.
      self.response = .finished
      self.connection.handler?.reset(self.id, .cancel)
    } else {
      self.send(status, [:])
    }
    self.abandon(RPCError(code: RPCError.Code(status.code) ?? .unknown, message: status.message))
  }

  /// The HTTP/2 stream is gone.
  func closed(_ reason: HTTP2CloseReason) {
    switch reason {
    case .finished:
      // The status has been sent; whoever still reads or writes is too late.
      self.response = .finished
      self.failure = self.failure ?? RPCError(code: .cancelled, message: "The RPC has ended.")
      self.resumeAll()
    case .resetByPeer, .resetLocally, .notProcessed, .connectionLost:
      self.connection.shared.counters.add(to: .cancelled)
      self.response = .finished
      self.abandon(RPCError(code: .cancelled, message: "The client cancelled the RPC or is gone."))
    }
  }

  /// The server is stopping at once.
  func stop() {
    self.abandon(RPCError(code: .unavailable, message: "The server is stopping."))
  }

  private func abandon(_ error: RPCError) {
    self.failure = self.failure ?? error
    self.cancellation?.cancel()
    // GRPCCore leaves the task running; whatever it awaits would otherwise keep it for ever.
    self.task?.cancel()
    self.resumeAll()
  }

  private func resumeAll() {
    if self.reader != nil { self.resumeReader() }
    self.resumeWriters()
  }
}

extension NIOLoopBound {
  /// Runs `body` on the loop: now if that is where the caller is.
  func onLoop(_ body: @escaping @Sendable (Value) -> Void) {
    if self.eventLoop.inEventLoop {
      body(self.value)
    } else {
      self.eventLoop.execute { body(self.value) }
    }
  }
}
