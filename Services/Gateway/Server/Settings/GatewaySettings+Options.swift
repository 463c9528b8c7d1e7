import HTTP2
import Logging
import NIOCore
import ServiceRuntime
import TLS

extension GatewaySettings {
  /// Takes the operator's settings over and loads the files that they name.
  /// - Throws: what is wrong with them, in one line.
  init(_ options: Settings, logger: Logger) throws {
    routes = try Route.parse(options[GatewayOptions.routes], optional: options[GatewayOptions.optionalRoutes])
    listeners[.public] = try Listener(options, GatewayOptions.publicListener, .optional, logger)
    listeners[.mesh] = try Listener(options, GatewayOptions.meshListener, .required, logger)
    try readUpstream(options, logger)
    try readLimits(options)
    readHealth(options)
    let loops = options[GatewayOptions.eventLoops]
    eventLoops = loops > 0 ? loops : System.coreCount
    // A little less than the process is given, so that what is cut is cut in order.
    shutdownGrace = TimeAmount(options[CommonSettings.shutdownTimeout] * 0.9)
  }

  /// The providers that must run for certificates to be reloaded.
  var tlsProviders: [TLSContextProvider] {
    listeners.values.compactMap(\.tls) + [upstream.tls].compactMap { $0 } + upstreamTLS.values
  }

  private mutating func readLimits(_ options: Settings) throws(HeaderSizeTooLarge) {
    limits.connections = options[GatewayOptions.connections]
    limits.connectionsPerClient = options[GatewayOptions.connectionsPerClient]
    limits.callsPerClient = options[GatewayOptions.callsPerClient]
    limits.pause = TimeAmount(options[GatewayOptions.pause])
    limits.handshakes = options[GatewayOptions.handshakes]
    limits.unreadBytes = options[GatewayOptions.unreadSize].bytes
    downstream.handshakeTimeout = TimeAmount(options[GatewayOptions.handshakeTime])
    downstream.timeouts.settings = TimeAmount(options[GatewayOptions.settingsTime])
    downstream.timeouts.headerBlock = TimeAmount(options[GatewayOptions.headerTime])
    downstream.timeouts.stall = TimeAmount(options[GatewayOptions.stallTime])
    downstream.timeouts.minimumRate = options[GatewayOptions.minimumRate].bytes
    limits.requestsPerSecond = Double(options[GatewayOptions.requestsPerSecond])
    limits.requestBurst = Double(options[GatewayOptions.requestBurst])
    downstream.http2.maxConcurrentStreams = UInt32(clamping: options[GatewayOptions.streams])
    downstream.http2.maxHeaderListSize = try HeaderSizeTooLarge.check(options[GatewayOptions.headerSize]).bytes
    callTimeouts.standard = Self.amount(options[GatewayOptions.defaultDeadline])
    callTimeouts.maximum = Self.amount(options[GatewayOptions.maximumDeadline])
    maximumTries = max(options[GatewayOptions.tries], 1)
    replayLimit = options[GatewayOptions.replaySize].bytes
    accessLog = options[GatewayOptions.accessLog]
    resolveInterval = options[GatewayOptions.resolveInterval]
  }

  private mutating func readHealth(_ options: Settings) {
    health.probes = options[GatewayOptions.probes]
    health.probeInterval = TimeAmount(options[GatewayOptions.probeInterval])
    health.probeTimeout = TimeAmount(options[GatewayOptions.probeTimeout])
    health.callFailures = options[GatewayOptions.callFailures]
    health.ejection = TimeAmount(options[GatewayOptions.ejection])
  }

  private static func amount(_ duration: Duration) -> TimeAmount? {
    duration > .zero ? TimeAmount(duration) : nil
  }

  // MARK: TLS towards instances

  private mutating func readUpstream(_ options: Settings, _ logger: Logger) throws {
    let identities = try Self.identities(options[GatewayOptions.routeIdentities], of: routes)
    guard options[GatewayOptions.upstreamMode] == .tls else { return }
    let mesh = GatewayOptions.meshListener
    let files = TLSFiles(
      identity: TLSFiles.Identity(
        certificate: options[GatewayOptions.upstreamCertificate] ?? options[mesh.certificate],
        key: options[GatewayOptions.upstreamKey] ?? options[mesh.key]),
      authorities: options[GatewayOptions.upstreamAuthorities] ?? options[mesh.authorities])
    upstream.tls = try TLSContextProvider(client: TLSClientConfiguration(files: files), logger: logger)
    for (prefix, uri) in identities {
      let configuration = TLSClientConfiguration(files: files, serverIdentity: .uriNames([uri]))
      upstreamTLS[prefix] = try TLSContextProvider(client: configuration, logger: logger)
    }
  }

  static func identities(_ lines: [String], of routes: [Route]) throws(RouteError) -> [String: String] {
    var identities: [String: String] = [:]
    for line in lines {
      let halves = line.split(separator: "=", maxSplits: 1).map(String.init)
      guard halves.count == 2 else { throw .badIdentity(line) }
      guard routes.contains(where: { $0.prefix == halves[0] }) else { throw .unknownIdentity(halves[0]) }
      identities[halves[0]] = halves[1]
    }
    return identities
  }
}

extension GatewaySettings.Listener {
  /// Nil when the listener is turned off.
  fileprivate init?(
    _ options: Settings, _ own: GatewayOptions.Listener, _ clients: TLSServerConfiguration.ClientCertificates,
    _ logger: Logger
  ) throws {
    guard options[own.enabled] else { return nil }
    host = options[own.listen].host
    port = options[own.listen].port
    guard options[own.mode] == .tls else {
      tls = nil
      return
    }
    let authorities = options[own.authorities]
    let identity = TLSFiles.Identity(certificate: options[own.certificate], key: options[own.key])
    guard let identity else { throw MissingCertificate(setting: own.certificate.key) }
    // Without authorities no client's certificate could be verified, so none is asked for.
    let mode = clients == .optional && authorities == nil ? .none : clients
    tls = try TLSContextProvider(
      server: TLSServerConfiguration(
        files: TLSFiles(identity: identity, authorities: authorities), clientCertificates: mode),
      logger: logger)
  }
}

extension TLSFiles.Identity {
  init?(certificate: String?, key: String?) {
    guard let certificate, let key else { return nil }
    self.init(certificateChain: certificate, privateKey: key)
  }
}

/// With the fields that the gateway adds, instances would refuse what the gateway takes.
struct HeaderSizeTooLarge: Error, CustomStringConvertible {
  /// What is left for a request id, a trace, a deadline and the caller's URI.
  static let limit = HTTP2Configuration.maxHeaderListSizeBehindGateway - 8 * 1024

  static func check(_ size: ByteCount) throws(HeaderSizeTooLarge) -> ByteCount {
    guard size.bytes <= limit else { throw HeaderSizeTooLarge() }
    return size
  }

  var description: String { "\(GatewayOptions.headerSize.key) must be at most \(Self.limit) bytes" }
}

/// A listener that speaks TLS has no certificate.
struct MissingCertificate: Error, CustomStringConvertible {
  let setting: String

  var description: String {
    let group = setting.split(separator: ".").dropLast().joined(separator: ".")
    return "\(setting) and \(group).key are required, or set \(group).mode to plaintext"
  }
}
