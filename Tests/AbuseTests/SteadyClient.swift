import HTTP2
import Logging
import NIOCore
import NIOPosix
import TLS

/// A well-behaved client: one call after another, a millisecond apart, over TLS.
struct SteadyClient: Sendable {
  struct Measured: Sendable {
    var calls = 0
    var failures = 0
    /// Milliseconds.
    var p99 = 0.0
  }

  private let port: Int
  private let files: TLSFiles

  init(port: Int, trusting files: TLSFiles) {
    self.port = port
    self.files = files
  }

  /// Connects anew and calls for so long.
  func measure(seconds: Double) async throws -> Measured {
    let tls = try TLSContextProvider(
      client: TLSClientConfiguration(files: files), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let promise = loop.makePromise(of: Measured.self)
    let channel: any Channel
    do {
      channel = try await ClientBootstrap(group: loop)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let caller = Caller(until: .now() + .nanoseconds(Int64(seconds * 1e9)), promise: promise)
            try prepare(channel, caller, tls)
          }
        }
        .connect(host: "127.0.0.1", port: port).get()
    } catch {
      promise.fail(error)
      throw error
    }
    let measured = try await promise.futureResult.get()
    try? await channel.close()
    return measured
  }

  private func prepare(_ channel: any Channel, _ caller: Caller, _ tls: TLSContextProvider) throws {
    var configuration = HTTP2Configuration()
    configuration.maxConcurrentStreams = 0
    let handler = try HTTP2ConnectionHandler(
      role: .client, configuration: configuration, timeouts: HTTP2Timeouts(),
      executor: EventLoopTaskExecutor(eventLoop: channel.eventLoop), delegate: caller)
    try tls.addHandlers(to: channel) { channel, result in
      do {
        _ = try result.get()
        try channel.pipeline.syncOperations.addHandler(handler)
      } catch {
        caller.fail(error)
      }
    }
  }
}

/// Its one connection.
private final class Caller: HTTP2ConnectionDelegate {
  private static let message = ByteBuffer(bytes: [0, 0, 0, 0, 5] + Array("hello".utf8))
  /// A call that takes longer has failed.
  private static let patience = TimeAmount.seconds(5)

  private let until: NIODeadline
  private let promise: EventLoopPromise<SteadyClient.Measured>
  private var connection: Connection?
  private var began = NIODeadline.now()
  private var timer: Scheduled<Void>?
  private var latencies: [Int64] = []
  private var measured = SteadyClient.Measured()
  private var isDone = false

  init(until: NIODeadline, promise: EventLoopPromise<SteadyClient.Measured>) {
    self.until = until
    self.promise = promise
  }

  func connectionDidOpen(_ connection: Connection) {
    self.connection = connection
    self.call()
  }

  func connection(_ connection: Connection, didReceive event: HTTP2Event) {
    switch event {
    case .data(let id, let bytes, _): connection.consume(id, bytes: bytes.readableBytes)
    case .trailers(_, let trailers): self.ended(isGood: trailers["grpc-status"] == "0")
    case .headers(_, _, endStream: true): self.ended(isGood: false)
    case .closed(_, let reason) where reason != .finished: self.ended(isGood: false)
    default: break
    }
  }

  func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {
    self.measured.failures += self.isDone ? 0 : 1
    self.finish()
    self.connection = nil
  }

  func fail(_ error: any Error) {
    guard !self.isDone else { return }
    self.isDone = true
    self.promise.fail(error)
  }

  private func call() {
    guard let connection, !self.isDone else { return }
    guard NIODeadline.now() < self.until else { return self.finish() }
    var head = HeaderBlock()
    head.append(":method", "POST")
    head.append(":scheme", "https")
    head.append(":path", "/echo.Echo/Echo")
    head.append(":authority", "localhost")
    head.append("content-type", "application/grpc")
    head.append("te", "trailers")
    self.began = .now()
    guard let id = try? connection.submitRequest(head, endStream: false) else { return self.ended(isGood: false) }
    connection.write(Self.message, to: id, endStream: true)
    self.timer = connection.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) {
      self.measured.failures += 1
      self.finish()
    }
  }

  private func ended(isGood: Bool) {
    self.timer?.cancel()
    guard !self.isDone, let connection else { return }
    self.measured.calls += 1
    self.measured.failures += isGood ? 0 : 1
    self.latencies.append((NIODeadline.now() - self.began).nanoseconds)
    connection.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(1)) { self.call() }
  }

  private func finish() {
    guard !self.isDone else { return }
    self.isDone = true
    self.timer?.cancel()
    self.latencies.sort()
    if !self.latencies.isEmpty { self.measured.p99 = Double(self.latencies[self.latencies.count * 99 / 100]) / 1e6 }
    self.promise.succeed(self.measured)
  }
}
