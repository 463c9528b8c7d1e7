internal import GRPCCore
internal import HTTP2
internal import Logging
internal import NIOCore
internal import Synchronization

/// What all connections of a server use.
final class ServerShared: Sendable {
  typealias StreamHandler =
    @concurrent @Sendable (RPCStream<HTTP2ServerTransport.Inbound, HTTP2ServerTransport.Outbound>, ServerContext) async
    -> Void

  let configuration: HTTP2ServerTransportConfiguration
  let counters: HTTP2ServerCounters
  let logger: Logger
  let registry = ConnectionRegistry()
  let handler: StreamHandler
  private let executors = Mutex<[ObjectIdentifier: EventLoopTaskExecutor]>([:])

  init(
    configuration: HTTP2ServerTransportConfiguration,
    counters: HTTP2ServerCounters,
    logger: Logger,
    handler: @escaping StreamHandler
  ) {
    self.configuration = configuration
    self.counters = counters
    self.logger = logger
    self.handler = handler
  }

  /// The executor of a loop. Call it on the loop.
  func executor(of loop: any EventLoop) -> EventLoopTaskExecutor {
    self.executors.withLock { executors in
      if let executor = executors[ObjectIdentifier(loop)] { return executor }
      let executor = EventLoopTaskExecutor(eventLoop: loop)
      executors[ObjectIdentifier(loop)] = executor
      return executor
    }
  }
}
