import GRPCHealthAPI
import GRPCReflectionAPI
import HTTP2
import Logging
import Metrics
import NIOCore
import RPC
import Synchronization
import Tokens

/// What all event loops of the gateway share.
final class GatewayCore: Sendable {
  let settings: GatewaySettings
  let routes: RouteTable
  let fleet: Fleet
  let limiter: ClientLimiter
  let observer: CallObserver
  /// What reflection tells of the services that the gateway answers itself.
  let reflection = ReflectionCatalog(
    services: OwnService.allCases.map(\.rawValue),
    sources: [
      FileDescriptorSetSource(GRPCHealthAPIDescriptors.fileDescriptorSet),
      FileDescriptorSetSource(GRPCReflectionAPIDescriptors.fileDescriptorSet),
    ])
  let logger: Logger
  let workerCount: Int
  /// Bytes kept for clients that do not take them.
  let unreadBytes = Atomic(0)
  private let offences = OffenceCounter()
  /// What is left of the log lines about clients' offences: a flood of them must not become one of the log.
  private let complaints = Mutex(TokenBucket(rate: 10, capacity: 100, at: .now()))
  private let connections: [ClientDescription.Listener: Meter]

  init(settings: GatewaySettings, workerCount: Int, logger: Logger) throws(RouteError) {
    self.settings = settings
    self.workerCount = workerCount
    self.logger = logger
    self.routes = try RouteTable(prefixes: settings.routes.map(\.prefix))
    self.fleet = Fleet(routes: settings.routes, policy: settings.health, logger: logger)
    self.limiter = ClientLimiter(limits: settings.limits)
    self.observer = CallObserver(
      routes: settings.routes.map(\.prefix), accessLog: settings.accessLog, logger: logger)
    self.connections = [.public: Self.meter("public"), .mesh: Self.meter("mesh")]
  }

  func routePrefix(_ route: Int) -> String { fleet.routes[route].prefix }

  func upstream(of route: Int) -> UpstreamSettings {
    var upstream = settings.upstream
    if let tls = settings.upstreamTLS[routePrefix(route)] { upstream.tls = tls }
    return upstream
  }

  func connectionOpened(_ client: ClientDescription) {
    connections[client.listener]?.increment()
  }

  func connectionRefused(_ listener: ClientDescription.Listener) {
    Counter(label: "vigil_gateway_connections_refused_total", dimensions: [("listener", listener.rawValue)]).increment()
  }

  func connectionClosed(_ client: ClientDescription, error: HTTP2Error?) {
    let offence = error.flatMap(Offence.init)
    if offence?.isFlood == true { limiter.keepOut(client.key) }
    limiter.disconnect(client.key)
    connections[client.listener]?.decrement()
    guard let error else { return }
    if let offence { return cutOff(client, for: offence) }
    logger.debug(
      "client connection failed",
      metadata: ["listener": .string(client.listener.rawValue), "error": .string(error.description)])
  }

  /// Counts what a client went too far in, and says so without saying who it is.
  func cutOff(_ client: ClientDescription, for offence: Offence) {
    offences.count(offence)
    guard mayComplain() else { return }
    logger.notice(
      "client cut off",
      metadata: [
        "listener": .string(client.listener.rawValue), "peer": .string(client.kind), "limit": .string(offence.label),
      ])
  }

  /// Whether a line about a client's offence may be logged.
  func mayComplain() -> Bool {
    complaints.withLock { $0.take(at: .now()) == nil }
  }

  /// Counts what a client was refused.
  func refused(for offence: Offence) {
    offences.count(offence)
  }

  /// Why a call may not go on with the token that it shows. Whoever passes is no more than somebody whose token is good:
  /// who it is the service finds out itself, from the token.
  func judge(_ head: RequestHead) -> Refusal? {
    guard let tokens = settings.tokens, !head.authorization.isEmpty else { return nil }
    do {
      _ = try tokens.identity(authorization: head.authorization)
      return nil
    } catch {
      return error == .noKeys ? .noTokenKeys : .badToken
    }
  }

  private static func meter(_ listener: String) -> Meter {
    Meter(label: "vigil_gateway_connections", dimensions: [("listener", listener)])
  }
}
