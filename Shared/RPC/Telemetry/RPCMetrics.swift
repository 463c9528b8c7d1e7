import GRPCCore
import Metrics
import Synchronization

/// Counts calls: `grpc_server_started_total`, `grpc_server_handled_total` by code and
/// `grpc_server_handling_seconds`, or the same with `client`; the names that other gRPC systems use.
final class RPCMetrics: Sendable {
  enum Side: String {
    case server, client
  }

  /// The metrics of one method; made once, because making one is a search by text.
  final class Method: Sendable {
    private let prefix: String
    private let dimensions: [(String, String)]
    private let factory: any MetricsFactory
    private let started: Counter
    private let duration: Timer
    private let handled = Mutex<[Status.Code: Counter]>([:])

    init(side: Side, descriptor: MethodDescriptor, factory: any MetricsFactory) {
      prefix = "grpc_\(side.rawValue)"
      dimensions = [
        ("grpc_service", descriptor.service.fullyQualifiedService), ("grpc_method", descriptor.method),
      ]
      self.factory = factory
      started = Counter(label: "\(prefix)_started_total", dimensions: dimensions, factory: factory)
      duration = Timer(label: "\(prefix)_handling_seconds", dimensions: dimensions, factory: factory)
    }

    func start() {
      started.increment()
    }

    func finish(_ code: Status.Code, after elapsed: Duration) {
      counter(code).increment()
      let (seconds, attoseconds) = elapsed.components
      duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    private func counter(_ code: Status.Code) -> Counter {
      handled.withLock { handled in
        if let counter = handled[code] { return counter }
        let labels = dimensions + [("grpc_code", code.canonicalName)]
        let counter = Counter(label: "\(prefix)_handled_total", dimensions: labels, factory: factory)
        handled[code] = counter
        return counter
      }
    }
  }

  private let side: Side
  private let factory: any MetricsFactory
  private let methods = Mutex<[MethodDescriptor: Method]>([:])

  init(side: Side, factory: any MetricsFactory) {
    self.side = side
    self.factory = factory
  }

  subscript(_ descriptor: MethodDescriptor) -> Method {
    methods.withLock { methods in
      if let method = methods[descriptor] { return method }
      let method = Method(side: side, descriptor: descriptor, factory: factory)
      methods[descriptor] = method
      return method
    }
  }
}
