import NIOCore
import NIOHTTP1

/// Answers each request of an admin connection. Request bodies are read and ignored.
final class AdminHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let routes: AdminRoutes
  private var request: HTTPRequestHead?

  init(routes: AdminRoutes) {
    self.routes = routes
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): request = head
    case .body: break
    case .end:
      guard let request else { return }
      self.request = nil
      respond(to: request, context)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }

  private func respond(to request: HTTPRequestHead, _ context: ChannelHandlerContext) {
    let response = routes.respond(method: request.method.rawValue, target: request.uri)
    var head = HTTPResponseHead(version: request.version, status: .init(statusCode: response.status))
    head.headers.add(name: "content-type", value: response.contentType)
    head.headers.add(name: "content-length", value: String(response.body.utf8.count))
    head.headers.add(name: "cache-control", value: "no-store")
    if !request.isKeepAlive { head.headers.add(name: "connection", value: "close") }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if request.method != .HEAD {
      let body = context.channel.allocator.buffer(string: response.body)
      context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
    }
    let written = context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    guard !request.isKeepAlive else { return }
    let channel = context.channel
    written.futureResult.whenComplete { _ in channel.close(promise: nil) }
  }
}
