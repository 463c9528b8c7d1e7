import GRPCCore
import Logging
import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import GRPCTransport

/// A server for client tests, on our own server transport. What it does depends on the method.
final class EchoServer: Sendable {
  enum Method: String {
    /// Sends back each message as it comes.
    case echo
    /// The same, in messages that must not be compressed.
    case whisper
    /// Ends with a status and details before reading anything.
    case refuse
    /// Reads one message and answers only when the test lets it.
    case hold
    /// Sends the metadata back.
    case mirror
    /// Sends messages until it is stopped.
    case flood
    /// Answers once and never ends.
    case linger

    var descriptor: MethodDescriptor {
      MethodDescriptor(fullyQualifiedService: "vigil.test.Echo", method: rawValue)
    }
  }

  let transport: HTTP2ServerTransport
  /// How many calls have reached the handler, and how many messages `flood` could write.
  let calls = Mutex(0)
  let flooded = Mutex(0)
  /// How many calls ended by cancellation.
  let cancelled = Mutex(0)
  private let held = Mutex<(open: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

  init(
    port: Int = 0,
    security: HTTP2ServerTransport.Security = .plaintext,
    socket: String? = nil,
    configure: (inout HTTP2ServerTransportConfiguration) -> Void = { _ in }
  ) {
    var configuration = HTTP2ServerTransportConfiguration()
    configure(&configuration)
    transport = HTTP2ServerTransport(
      address: socket.map { .unixDomainSocket(path: $0) } ?? .hostname("127.0.0.1", port: port),
      security: security,
      configuration: configuration,
      logger: Logger(label: "server") { _ in SwiftLogNoOpLogHandler() }
    )
  }

  var callCount: Int { calls.withLock { $0 } }

  var port: Int {
    get async throws { try #require(try await transport.listeningAddress.port) }
  }

  /// Lets all held calls, now and later, go on.
  func letGo() {
    let waiting = held.withLock { held in
      defer { held = (true, []) }
      return held.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private func hold() async {
    await withCheckedContinuation { continuation in
      let isOpen = held.withLock { held in
        if !held.open { held.waiting.append(continuation) }
        return held.open
      }
      if isOpen { continuation.resume() }
    }
  }

  func run() async throws {
    try await transport.listen { stream, context in
      self.calls.withLock { $0 += 1 }
      do {
        try await self.serve(stream, peer: context.remotePeer)
        await stream.outbound.finish()
      } catch {
        self.cancelled.withLock { $0 += 1 }
        await stream.outbound.finish(throwing: error)
      }
    }
  }

  private func serve(
    _ stream: RPCStream<HTTP2ServerTransport.Inbound, HTTP2ServerTransport.Outbound>,
    peer: String
  ) async throws {
    var inbound = stream.inbound.makeAsyncIterator()
    guard case .metadata(let metadata) = try await inbound.next() else { return }
    let outbound = stream.outbound
    switch Method(rawValue: stream.descriptor.method) {
    case .echo:
      try await outbound.write(.metadata(["server": "echo", "peer": .string(peer)]))
      while case .message(let bytes) = try await inbound.next() { try await outbound.write(.message(bytes)) }
      try await outbound.write(.status(Status(code: .ok, message: ""), ["trailer": "last"]))
    case .whisper:
      try await CompressionChoice.$isAllowed.withValue(false) {
        try await outbound.write(.metadata([:]))
        while case .message(let bytes) = try await inbound.next() { try await outbound.write(.message(bytes)) }
      }
      try await outbound.write(.status(Status(code: .ok, message: ""), [:]))
    case .refuse:
      let status = Status(code: .permissionDenied, message: "no – näh %")
      try await outbound.write(.status(status, ["grpc-status-details-bin": .binary([1, 2, 3])]))
    case .hold:
      guard case .message(let bytes) = try await inbound.next() else { return }
      await hold()
      try await outbound.write(.metadata([:]))
      try await outbound.write(.message(bytes))
      try await outbound.write(.status(Status(code: .ok, message: ""), [:]))
    case .mirror:
      try await outbound.write(.metadata(metadata))
      try await outbound.write(.message([]))
      try await outbound.write(.status(Status(code: .ok, message: ""), [:]))
    case .flood:
      try await outbound.write(.metadata([:]))
      while true {
        try await outbound.write(.message([UInt8](repeating: 1, count: 10_000)))
        flooded.withLock { $0 += 1 }
      }
    case .linger:
      try await outbound.write(.metadata([:]))
      while try await inbound.next() != nil {}
      await hold()
    case nil:
      try await outbound.write(.status(Status(code: .unimplemented, message: ""), [:]))
    }
  }
}
