package import Logging
package import Telemetry

/// The settings that every process has.
package enum CommonSettings {
  package static let logLevel = Setting<Logger.Level>(
    "log.level",
    default: .info,
    "The least severe level that is logged."
  )
  package static let logFormat = Setting<LogFormat>(
    "log.format",
    default: .auto,
    "How lines are written to standard error; auto is text on a terminal and json elsewhere."
  )
  package static let adminListen = Setting<HostPort>(
    "admin.listen",
    default: HostPort(host: "127.0.0.1", port: 9190),
    """
    Where /livez, /readyz and /metrics are answered over HTTP. They tell nothing of cases but are not \
    protected: keep them on an address that only operators reach.
    """
  )
  package static let shutdownTimeout = Setting<Duration>(
    "shutdown.timeout",
    default: .seconds(30),
    "How long calls in progress may take to end after SIGTERM or SIGINT. A second signal ends at once."
  )

  static let groups = [
    SettingGroup("Logging", [logLevel, logFormat]),
    SettingGroup("Operation", [adminListen, shutdownTimeout]),
  ]
}
