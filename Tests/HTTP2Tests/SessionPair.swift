import NIOCore
import Testing

@testable import HTTP2

/// A client's and a server's session joined in memory.
final class SessionPair {
  let client: HTTP2Session
  let server: HTTP2Session
  /// What each side has seen, oldest first.
  private(set) var clientEvents: [HTTP2Event] = []
  private(set) var serverEvents: [HTTP2Event] = []

  init(
    client: HTTP2Configuration = SessionPair.clientConfiguration,
    server: HTTP2Configuration = HTTP2Configuration()
  ) throws {
    self.client = try HTTP2Session(role: .client, configuration: client)
    self.server = try HTTP2Session(role: .server, configuration: server)
  }

  static var clientConfiguration: HTTP2Configuration {
    var configuration = HTTP2Configuration()
    configuration.maxConcurrentStreams = 0
    return configuration
  }

  /// Carries bytes back and forth until neither side has anything to say.
  func exchange() throws {
    var isBusy = true
    while isBusy {
      let toServer = try Self.carry(from: self.client, to: self.server)
      let toClient = try Self.carry(from: self.server, to: self.client)
      isBusy = toServer || toClient
      self.collect()
    }
  }

  private static func carry(from: HTTP2Session, to: HTTP2Session) throws -> Bool {
    var bytes = ByteBuffer()
    try from.drain(into: &bytes)
    guard bytes.readableBytes > 0 else { return false }
    try to.receive(bytes)
    return true
  }

  func collect() {
    while let event = self.client.nextEvent() { self.clientEvents.append(event) }
    while let event = self.server.nextEvent() { self.serverEvents.append(event) }
  }

  /// The descriptions of a side's events since the last look, without the settings.
  func newClientEvents() -> [String] {
    defer { self.clientEvents = [] }
    return self.clientEvents.compactMap(\.summary)
  }

  func newServerEvents() -> [String] {
    defer { self.serverEvents = [] }
    return self.serverEvents.compactMap(\.summary)
  }
}

extension HTTP2Event {
  /// A line for comparison; `nil` for settings, which every exchange begins with.
  var summary: String? {
    switch self {
    case .headers(let id, let block, let endStream):
      "headers \(id) \(block[":path"] ?? block[":status"] ?? "")\(endStream ? " end" : "")"
    case .informational(let id, let block): "informational \(id) \(block[":status"] ?? "")"
    case .trailers(let id, let block): "trailers \(id) \(block["grpc-status"] ?? "")"
    case .data(let id, let buffer, let endStream): "data \(id) \(buffer.readableBytes)\(endStream ? " end" : "")"
    case .headersTooLarge(let id): "headersTooLarge \(id)"
    case .writable(let id): "writable \(id)"
    case .closed(let id, let reason): "closed \(id) \(reason)"
    case .goAway(let last, let code, let debug): "goAway \(last) \(code) \(debug)"
    case .settings: nil
    case .ping: "ping"
    case .pong(let number): "pong \(number)"
    }
  }
}

extension HeaderBlock {
  static func request(path: String = "/a/b") -> HeaderBlock {
    var block = HeaderBlock()
    block.append(":method", "POST")
    block.append(":scheme", "http")
    block.append(":path", path)
    block.append(":authority", "localhost")
    block.append("te", "trailers")
    return block
  }

  static func response(status: String = "200") -> HeaderBlock {
    var block = HeaderBlock()
    block.append(":status", status)
    return block
  }

  static func trailers(status: String = "0") -> HeaderBlock {
    var block = HeaderBlock()
    block.append("grpc-status", status)
    return block
  }
}
