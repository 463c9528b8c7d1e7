import NIOCore
import NIOHTTP1
import NIOPosix

/// Waits on this machine for the browser that comes back from an issuer (RFC 8252, 7.3).
struct LoopbackListener: Sendable {
  static let path = "/signed-in"

  private let channel: any Channel
  /// What browsers ask for, each with what it is told.
  let requests: AsyncStream<LoopbackRequest>

  /// Listens at a port that the system chooses, which nobody else on the network can reach.
  static func open() async throws -> LoopbackListener {
    let (requests, continuation) = AsyncStream.makeStream(
      of: LoopbackRequest.self, bufferingPolicy: .bufferingNewest(16))
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          try channel.pipeline.syncOperations.addHandler(LoopbackHandler(continuation))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    return LoopbackListener(channel: channel, requests: requests)
  }

  /// Where the issuer is to send the browser.
  var redirect: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)\(Self.path)" }

  func close() async { try? await channel.close() }
}

/// One request of a browser.
struct LoopbackRequest: Sendable {
  let target: String
  fileprivate let channel: any Channel

  /// Tells whoever looks at the browser how it went.
  func respond(_ isTaken: Bool) {
    let text = isTaken ? "You are signed in. This window can be closed.\n" : "This is not what was asked for.\n"
    var head = HTTPResponseHead(version: .http1_1, status: isTaken ? .ok : .notFound)
    head.headers.add(name: "content-type", value: "text/plain; charset=utf-8")
    head.headers.add(name: "content-length", value: "\(text.utf8.count)")
    head.headers.add(name: "cache-control", value: "no-store")
    head.headers.add(name: "connection", value: "close")
    channel.write(HTTPServerResponsePart.head(head), promise: nil)
    channel.write(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: text))), promise: nil)
    channel.writeAndFlush(HTTPServerResponsePart.end(nil)).whenComplete { [channel] _ in channel.close(promise: nil) }
  }
}

private final class LoopbackHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart

  private let requests: AsyncStream<LoopbackRequest>.Continuation

  init(_ requests: AsyncStream<LoopbackRequest>.Continuation) { self.requests = requests }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .head(let head) = unwrapInboundIn(data) else { return }
    requests.yield(LoopbackRequest(target: head.uri, channel: context.channel))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
