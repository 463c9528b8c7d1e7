import FoundationEssentials
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import TLS

/// Asks an external issuer over HTTPS: one request a connection, no redirects, and nothing from whoever does not prove to
/// be the host that is named.
struct WebClient: Sendable {
  struct Response: Sendable {
    var status: UInt
    var headers: HTTPHeaders
    var body: Data
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// A longer answer is none.
  static let limit = 1 << 20
  /// Waited for a connection, and for the whole.
  private static let connectTimeout = TimeAmount.seconds(5)
  private static let timeout = TimeAmount.seconds(15)

  private let tls: TLSContextProvider

  /// - Parameter authorities: PEM file of the authorities to trust; nil for the system's.
  init(authorities: String?, logger: Logger) throws {
    tls = try TLSContextProvider(
      client: TLSClientConfiguration(
        files: TLSFiles(authorities: authorities), minimumVersion: .v12, applicationProtocols: ["http/1.1"]),
      logger: logger)
  }

  /// The document at the address.
  func read(_ address: String) async throws -> Data {
    let response = try await send(.GET, address, headers: [("accept", "application/json")])
    guard response.status == 200 else { throw Failure(description: "\(address) answers \(response.status)") }
    return response.body
  }

  func send(
    _ method: HTTPMethod, _ address: String, headers: [(String, String)] = [], body: String = ""
  ) async throws -> Response {
    guard let url = URL(string: address), url.scheme == "https", let host = url.host() else {
      throw Failure(description: "not an address that begins with https://")
    }
    let port = url.port ?? 443
    var head = HTTPRequestHead(version: .http1_1, method: method, uri: Self.target(url))
    head.headers.add(name: "host", value: port == 443 ? host : "\(host):\(port)")
    head.headers.add(name: "connection", value: "close")
    head.headers.add(contentsOf: headers)
    if method == .POST { head.headers.add(name: "content-length", value: "\(body.utf8.count)") }
    return try await exchange(WebRequest(head: head, body: body), host, port)
  }

  private static func target(_ url: URL) -> String {
    let path = url.path(percentEncoded: true)
    return (path.isEmpty ? "/" : path) + (url.query(percentEncoded: true).map { "?" + $0 } ?? "")
  }

  private func exchange(_ request: WebRequest, _ host: String, _ port: Int) async throws -> Response {
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let answer = loop.makePromise(of: Response.self)
    // Whatever becomes of the connection, there is an answer.
    let end = loop.scheduleTask(in: Self.timeout) { answer.fail(Failure(description: "no answer in time")) }
    let name = (try? SocketAddress(ipAddress: host, port: port)) == nil ? host : nil
    ClientBootstrap(group: loop)
      .connectTimeout(Self.connectTimeout)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try add(request, to: channel, host: name, answer) }
      }
      .connect(host: host, port: port)
      .whenComplete { result in
        switch result {
        case .success(let channel): answer.futureResult.whenComplete { _ in channel.close(promise: nil) }
        case .failure(let error): answer.fail(error)
        }
      }
    defer { end.cancel() }
    return try await answer.futureResult.get()
  }

  private func add(
    _ request: WebRequest, to channel: any Channel, host: String?, _ answer: EventLoopPromise<Response>
  ) throws {
    try tls.addHandlers(to: channel, host: host, requiredProtocol: nil) { _, result in
      if case .failure(let error) = result { answer.fail(error) }
    }
    let pipeline = channel.pipeline.syncOperations
    try pipeline.addHTTPClientHandlers()
    try pipeline.addHandler(NIOHTTPClientResponseAggregator(maxContentLength: Self.limit))
    try pipeline.addHandler(WebExchange(request, answer))
  }
}

/// A request that is to be sent.
private struct WebRequest: Sendable {
  var head: HTTPRequestHead
  var body: String
}

/// Sends the request when the connection is there and tells the answer, or that there is none.
private final class WebExchange: ChannelInboundHandler {
  typealias InboundIn = NIOHTTPClientResponseFull
  typealias OutboundOut = HTTPClientRequestPart

  private let request: WebRequest
  private let answer: EventLoopPromise<WebClient.Response>

  init(_ request: WebRequest, _ answer: EventLoopPromise<WebClient.Response>) {
    (self.request, self.answer) = (request, answer)
  }

  func channelActive(context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.head(request.head)), promise: nil)
    if !request.body.isEmpty {
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: request.body)))), promise: nil)
    }
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let response = unwrapInboundIn(data)
    let body = response.body.map { Data($0.readableBytesView) } ?? Data()
    answer.succeed(
      WebClient.Response(status: response.head.status.code, headers: response.head.headers, body: body))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { answer.fail(error) }

  func channelInactive(context: ChannelHandlerContext) {
    answer.fail(WebClient.Failure(description: "the connection was closed"))
  }
}
