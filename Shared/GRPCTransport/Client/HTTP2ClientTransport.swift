package import GRPCCore
package import Logging
package import NIOCore
internal import NIOPosix
package import TLS

/// GRPCCore's client transport over HTTP/2: connections to all addresses of a target, balanced,
/// re-made when they are lost, secured by TLS.
///
/// A call that the server provably did not process (its connection was going away, or the stream was
/// refused) is sent again on another connection without the caller noticing. Retries that need a
/// policy are GRPCCore's, by ``HTTP2ClientConfiguration/serviceConfig``.
package final class HTTP2ClientTransport: ClientTransport {
  package typealias Bytes = [UInt8]

  package let retryThrottle: RetryThrottle?
  private let methods: MethodConfigurations
  private let configuration: HTTP2ClientConfiguration
  private let head: ClientRequestHead
  private let resolver: TargetResolver
  private let channel: ClientChannel
  private let group: any EventLoopGroup

  /// Makes a transport; nothing is connected before ``connect()``.
  ///
  /// - Parameters:
  ///   - tls: how to speak TLS; `nil` is cleartext. Run it in a `ServiceGroup` for its reloading.
  ///   - eventLoopGroup: where connections live; give it the group that the caller's tasks run on.
  package init(
    target: ClientTarget,
    tls: TLSContextProvider? = nil,
    configuration: HTTP2ClientConfiguration = HTTP2ClientConfiguration(),
    eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
    logger: Logger
  ) {
    self.configuration = configuration
    self.group = eventLoopGroup
    self.retryThrottle = configuration.serviceConfig.retryThrottling.map { RetryThrottle(policy: $0) }
    self.methods = MethodConfigurations(configuration.serviceConfig)
    self.resolver = TargetResolver(target)
    self.head = ClientRequestHead(
      scheme: tls == nil ? "http" : "https",
      authority: configuration.authority ?? target.authority,
      userAgent: configuration.userAgent
    )
    self.channel = ClientChannel(
      state: ChannelState(
        policy: configuration.balancing ?? LoadBalancingPolicy(configuration.serviceConfig) ?? .pickFirst(),
        backoff: configuration.backoff,
        seed: UInt64.random(in: 0...UInt64.max)
      ),
      connector: ClientConnector(
        group: eventLoopGroup,
        tls: tls,
        http2: configuration.http2,
        timeouts: configuration.timeouts,
        connectTimeout: configuration.connectTimeout,
        attemptDelay: configuration.attemptDelay
      ),
      logger: logger
    )
  }

  package func config(forMethod descriptor: MethodDescriptor) -> MethodConfig? {
    methods[descriptor]
  }

  // MARK: Life

  package func connect() async throws {
    guard channel.start() else {
      if channel.isFinished { return }
      throw RPCError(code: .failedPrecondition, message: "The client is connected already.")
    }
    await withTaskCancellationHandler {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { await self.keepResolving() }
        await channel.waitUntilFinished()
        group.cancelAll()
      }
    } onCancel: {
      channel.abort()
    }
  }

  package func beginGracefulShutdown() {
    channel.beginShutdown()
  }

  // MARK: Names

  /// Looks the target up, again and again while its answer may change.
  private func keepResolving() async {
    var backoff = Backoff(configuration.backoff)
    var random = SystemRandomNumberGenerator()
    while !Task.isCancelled {
      do throws(ConnectFailure) {
        channel.resolved(try await resolver.resolve())
        guard resolver.isDynamic else { return }
        backoff.reset()
        try? await Task.sleep(for: configuration.minResolveInterval)
        await waitForResolveRequest(atMost: configuration.resolveInterval)
      } catch {
        channel.resolutionFailed(error)
        try? await Task.sleep(for: backoff.next(using: &random))
      }
    }
  }

  private func waitForResolveRequest(atMost limit: Duration) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { try? await Task.sleep(for: limit) }
      group.addTask { for await _ in self.channel.resolveRequests { return } }
      await group.next()
      group.cancelAll()
    }
  }

  // MARK: Calls

  package func withStream<T: Sendable>(
    descriptor: MethodDescriptor,
    options: CallOptions,
    _ closure: @concurrent (_ stream: RPCStream<Inbound, Outbound>, _ context: ClientContext) async throws -> T
  ) async throws -> T {
    try channel.beginCall()
    defer { channel.endCall() }
    let deadline = options.timeout.map { CallDeadline(after: $0, on: group.any()) }
    defer { deadline?.cancel() }
    let connection = try await pick(options, deadline)
    let call = ClientCall(
      on: connection,
      of: channel,
      limits: CallLimits(options, configuration),
      waitForReady: options.waitForReady ?? false
    )
    defer { call.close() }
    deadline?.onExpiry { call.abort(Self.deadlineError("The call took longer than its timeout.")) }
    let stream = try makeStream(descriptor, options, call, deadline)
    let context = ClientContext(
      descriptor: descriptor,
      remotePeer: connection.remotePeer,
      localPeer: connection.localPeer
    )
    return try await withTaskCancellationHandler {
      try await closure(stream, context)
    } onCancel: {
      call.cancel()
    }
  }

  private func pick(_ options: CallOptions, _ deadline: CallDeadline?) async throws(RPCError) -> ConnectionHandle {
    let waiter = channel.makeWaiter()
    deadline?.onExpiry { [channel] in
      let obstacle = channel.obstacle.map { " The obstacle: \($0)." } ?? ""
      let message = "The call's timeout passed while it waited for a connection.\(obstacle)"
      channel.cancel(waiter, Self.deadlineError(message))
    }
    return try await channel.pick(waiter, waitForReady: options.waitForReady ?? false)
  }

  private static func deadlineError(_ message: String) -> RPCError {
    RPCError(code: .deadlineExceeded, message: message)
  }

  private func makeStream(
    _ descriptor: MethodDescriptor,
    _ options: CallOptions,
    _ call: ClientCall,
    _ deadline: CallDeadline?
  ) throws(RPCError) -> RPCStream<Inbound, Outbound> {
    let compression = options.compression ?? .none
    let writer = CallWriter(
      call: call,
      method: descriptor,
      head: head,
      deadline: deadline,
      compression: compression,
      compressor: try MessageCompressor(compression)
    )
    return RPCStream(
      descriptor: descriptor,
      inbound: RPCAsyncSequence(wrapping: CallResponses(call: call)),
      outbound: RPCWriter.Closable(wrapping: writer)
    )
  }
}
