import Authorization
import ServiceRuntime

// Limits, times and what is told of calls.
extension GatewayOptions {
  static let connections = Setting<Int>(
    "limits.connections", default: 10_000, "The most connections of clients at a time."
  )
  static let connectionsPerClient = Setting<Int>(
    "limits.connections-per-client",
    default: 2_000,
    "The most connections of one client: of one certificate's identity, or of one address without."
  )
  static let requestsPerSecond = Setting<Int>(
    "limits.requests-per-second", default: 0, "The most calls of one client per second in the long run; 0 is no limit."
  )
  static let requestBurst = Setting<Int>(
    "limits.request-burst", default: 1_000, "The most calls of one client at once after a pause."
  )
  static let streams = Setting<Int>(
    "limits.streams-per-connection", default: 250, "The most calls at a time on one connection of a client."
  )
  static let headerSize = Setting<ByteCount>(
    "limits.header-size", default: .kibibytes(16), "The largest metadata of a call, counted as HTTP/2 counts it."
  )

  static let callsPerClient = Setting<Int>(
    "limits.calls-per-client", default: 1_000, "The most calls of one client at a time, over all its connections."
  )
  static let handshakes = Setting<Int>(
    "limits.handshakes", default: 1_000, "The most TLS handshakes at a time; the oldest is ended for a new one."
  )
  static let handshakeTime = Setting<Duration>(
    "limits.handshake-time", default: .seconds(10), "How long a TLS handshake may take."
  )
  static let pause = Setting<Duration>(
    "limits.pause", default: .seconds(2), "How long a client that was cut off for a flood stays out."
  )
  static let settingsTime = Setting<Duration>(
    "limits.settings-time", default: .seconds(20), "How long a client's HTTP/2 settings may take to come."
  )
  static let headerTime = Setting<Duration>(
    "limits.header-time", default: .seconds(10), "How long the headers of a call may take to come."
  )
  static let stallTime = Setting<Duration>(
    "limits.stall-time",
    default: .seconds(60),
    "How long a client may send a message, or take an answer, more slowly than the minimum rate. Services may."
  )
  static let minimumRate = Setting<ByteCount>(
    "limits.minimum-rate", default: ByteCount(bytes: 256), "Bytes per second that count as progress."
  )
  static let unreadSize = Setting<ByteCount>(
    "limits.unread-size",
    default: .mebibytes(64),
    "The most that is kept of answers that clients do not take; the client with most of it is cut off."
  )

  static let defaultDeadline = Setting<Duration>(
    "calls.default-deadline", default: .zero, "The deadline of calls that bring none; 0 is none."
  )
  static let maximumDeadline = Setting<Duration>(
    "calls.maximum-deadline", default: .zero, "The longest deadline that is granted; 0 is no limit."
  )
  static let tries = Setting<Int>(
    "calls.tries", default: 3, "Instances that a call is offered to, when those before provably did not process it."
  )
  static let replaySize = Setting<ByteCount>(
    "calls.replay-size", default: .kibibytes(64), "The most of a request that is kept for another try."
  )
  static let accessLog = Setting<CallObserver.AccessLog>(
    "log.access", default: .all, "Which calls get a line in the log, at level info."
  )

  static let probes = Setting<Bool>("health.probes", default: true, "Whether instances are asked for their health.")
  static let probeInterval = Setting<Duration>("health.interval", default: .seconds(2), "Time between two probes.")
  static let probeTimeout = Setting<Duration>("health.timeout", default: .seconds(1), "How long a probe may take.")
  static let callFailures = Setting<Int>(
    "health.failures", default: 5, "Broken connections in a row that take an instance out of use."
  )
  static let ejection = Setting<Duration>(
    "health.ejection", default: .seconds(5), "For how long, at first; each further time twice as long."
  )

  static let eventLoops = Setting<Int>(
    "event-loops", default: 0, "Threads that serve connections; 0 is one for each processor."
  )

  static let groups = [
    SettingGroup("Clients", publicListener.all),
    SettingGroup("Mesh", meshListener.all),
    SettingGroup("Tokens", [policyKeys, PolicySettings.staleness, ownTarget, ownIdentities]),
    SettingGroup("Routes", [routes, optionalRoutes, routeIdentities, resolveInterval]),
    SettingGroup("Instances", [upstreamMode, upstreamCertificate, upstreamKey, upstreamAuthorities]),
    SettingGroup("Health", [probes, probeInterval, probeTimeout, callFailures, ejection]),
    SettingGroup("Limits", [connections, connectionsPerClient, requestsPerSecond, requestBurst, streams, headerSize]),
    SettingGroup(
      "Abuse",
      [pause, callsPerClient, handshakes, handshakeTime, settingsTime, headerTime, stallTime, minimumRate, unreadSize]),
    SettingGroup("Calls", [defaultDeadline, maximumDeadline, tries, replaySize, accessLog, eventLoops]),
  ]
}

extension CallObserver.AccessLog: ScalarSettingValue {}
