import HTTP2
import NIOCore
import NIOPosix
import TLS

/// Makes the channel of one connection to an instance, on a given event loop.
struct UpstreamConnector {
  let address: Instance.Address
  let settings: UpstreamSettings
  let executor: EventLoopTaskExecutor

  /// - Parameter failed: called on the event loop when the connection does not come about; on success the connection
  ///   itself is told that it is open.
  func connect(_ connection: UpstreamConnection, failed: @escaping (String) -> Void) {
    let loop = executor.eventLoop
    let attempt = NIOLoopBound(
      Attempt(settings: settings, host: address.host, executor: executor, connection: connection, failed: failed),
      eventLoop: loop)
    ClientBootstrap(group: loop)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelOption(.recvAllocator, value: Self.receiveBuffers)
      .connectTimeout(settings.connectTimeout)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try attempt.value.prepare(channel) }
      }
      .connect(host: address.host, port: address.port)
      .whenFailure { error in attempt.value.failed(Self.describe(error)) }
  }

  private static var receiveBuffers: AdaptiveRecvByteBufferAllocator {
    AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 16 * 1024, maximum: 256 * 1024)
  }

  /// Without the addresses and the nesting that NIO's error would show.
  private static func describe(_ error: any Error) -> String {
    switch error {
    case let error as NIOConnectionError:
      error.connectionErrors.first.map { String(describing: $0.error) } ?? "the name does not resolve"
    case ChannelError.connectTimeout: "connecting took too long"
    default: String(describing: error)
    }
  }
}

/// One attempt, confined to the event loop.
private final class Attempt {
  private let settings: UpstreamSettings
  private let host: String
  private let executor: EventLoopTaskExecutor
  private let connection: UpstreamConnection
  let failed: (String) -> Void

  init(
    settings: UpstreamSettings, host: String, executor: EventLoopTaskExecutor, connection: UpstreamConnection,
    failed: @escaping (String) -> Void
  ) {
    self.settings = settings
    self.host = host
    self.executor = executor
    self.connection = connection
    self.failed = failed
  }

  func prepare(_ channel: any Channel) throws {
    guard let tls = settings.tls else { return try addHandler(to: channel) }
    let timer = channel.eventLoop.assumeIsolated().scheduleTask(in: settings.connectTimeout) {
      self.failed("the TLS handshake took too long")
      channel.close(promise: nil)
    }
    try tls.addHandlers(to: channel, host: Self.isIPAddress(host) ? nil : host) { channel, result in
      timer.cancel()
      self.handshakeEnded(channel, result)
    }
  }

  private func handshakeEnded(_ channel: any Channel, _ result: Result<TLSSession, TLSError>) {
    do {
      _ = try result.get()
      try addHandler(to: channel)
    } catch {
      failed(String(describing: error))
      channel.close(promise: nil)
    }
  }

  private func addHandler(to channel: any Channel) throws {
    let handler = try connection.makeHandler(settings, executor: executor)
    try channel.pipeline.syncOperations.addHandler(handler)
  }

  private static func isIPAddress(_ host: String) -> Bool {
    (try? SocketAddress(ipAddress: host, port: 0)) != nil
  }
}
