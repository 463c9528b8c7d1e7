import NIOCore
import NIOPosix
import Synchronization

/// An instance that answers every call by GOAWAY, naming a stream before it, and leaves. It writes its frames by hand:
/// no orderly engine behaves so on purpose.
final class LeavingUpstream: Sendable {
  private let count = Mutex(0)
  private let channel = Mutex<(any Channel)?>(nil)

  var calls: Int { count.withLock { $0 } }

  func start() async throws -> Int {
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { [self] channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Handler { self.count.withLock { $0 += 1 } })
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    self.channel.withLock { $0 = channel }
    return channel.localAddress?.port ?? 0
  }

  func stop() async throws {
    if let channel = channel.withLock({ $0.take() }) { try await channel.close().get() }
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let settings: [UInt8] = [0, 0, 0, 4, 0, 0, 0, 0, 0]
    /// Last stream 0, NO_ERROR.
    private static let goAway: [UInt8] = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    private static let prefaceLength = 24

    private var received = ByteBuffer()
    private var hasPreface = false
    private let called: () -> Void

    init(called: @escaping () -> Void) {
      self.called = called
    }

    func channelActive(context: ChannelHandlerContext) {
      context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(bytes: Self.settings)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      received.writeImmutableBuffer(Self.unwrapInboundIn(data))
      if !hasPreface {
        guard received.readSlice(length: Self.prefaceLength) != nil else { return }
        hasPreface = true
      }
      while let type = nextFrameType() {
        guard type == 1 else { continue }
        called()
        context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(bytes: Self.goAway)), promise: nil)
        context.close(promise: nil)
      }
    }

    /// Takes one whole frame and says of which type it is.
    private func nextFrameType() -> UInt8? {
      guard let high = received.getInteger(at: received.readerIndex, as: UInt8.self),
        let low = received.getInteger(at: received.readerIndex + 1, as: UInt16.self),
        let type = received.getInteger(at: received.readerIndex + 3, as: UInt8.self),
        received.readSlice(length: 9 + (Int(high) << 16) + Int(low)) != nil
      else { return nil }
      return type
    }
  }
}
