import HTTP2
import Logging
import NIOCore
import NIOPosix
import TLS

/// A load generator in the manner of h2load that can also show a client certificate, and that counts a call
/// as done only when it ended with grpc-status 0. Prints one JSON line.
@main
enum Load {
  static func main() async throws {
    let options = try LoadOptions(CommandLine.arguments.dropFirst())
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let plan = try LoadPlan(options)
    let provider = try options.tls.map { files in
      try TLSContextProvider(client: TLSClientConfiguration(files: files), logger: Logger(label: "bench-load"))
    }
    let executor = try await loop.submit { EventLoopTaskExecutor(eventLoop: loop) }.get()
    let tally = try await loop.submit { NIOLoopBound(Tally(), eventLoop: loop) }.get()
    for _ in 0..<options.connections {
      _ = try await connect(group: group, executor: executor, provider: provider, options: options) {
        LoadConnection(plan: plan, tally: tally.value, streams: options.streams)
      }
    }
    try await loop.scheduleTask(in: options.warmUp) { tally.value.start() }.futureResult.get()
    let line = try await loop.scheduleTask(in: options.duration) { tally.value.finish() }.futureResult.get()
    print(line)
  }

  private static func connect(
    group: MultiThreadedEventLoopGroup,
    executor: EventLoopTaskExecutor,
    provider: TLSContextProvider?,
    options: LoadOptions,
    delegate: @escaping @Sendable () -> LoadConnection
  ) async throws -> any Channel {
    try await ClientBootstrap(group: group)
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try provider?.addHandlers(to: channel, host: "localhost") { _, _ in }
          try channel.pipeline.syncOperations.addHandler(
            HTTP2ConnectionHandler(
              role: .client,
              configuration: HTTP2Configuration(),
              timeouts: HTTP2Timeouts(),
              executor: executor,
              delegate: delegate()
            )
          )
        }
      }
      .connect(host: options.host, port: options.port)
      .get()
  }
}
