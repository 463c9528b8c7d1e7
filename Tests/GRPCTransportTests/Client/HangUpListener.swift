import NIOCore
import NIOPosix

/// Accepts connections and closes them at the first byte.
struct HangUpListener {
  private final class HangUp: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      context.close(promise: nil)
    }
  }

  private let channel: any Channel

  init(path: String) async throws {
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(HangUp()) }
      }
      .bind(unixDomainSocketPath: path).get()
  }

  func close() async throws {
    try await channel.close()
  }
}
