import ServiceRuntime

/// How the change feed is kept and read.
struct FeedSettings: Sendable {
  /// How long changes are kept beside creations.
  var retention: Duration = .seconds(30 * 24 * 3600)
  /// How long a consumer hears nothing at most.
  var heartbeat: Duration = .seconds(10)
  /// Between two looks at the feed when nobody tells of changes.
  var interval: Duration = .seconds(1)

  static let group = SettingGroup("Change feed", [retentionSetting, heartbeatSetting, intervalSetting])

  private static let retentionSetting = Setting<Duration>(
    "feed.retention",
    default: .seconds(30 * 24 * 3600),
    "How long changes are kept. After it there is, of each case, its creation only, and older cursors are refused."
  )
  private static let heartbeatSetting = Setting<Duration>(
    "feed.heartbeat",
    default: .seconds(10),
    "After how long a consumer that there is nothing to tell is told how far was looked."
  )
  private static let intervalSetting = Setting<Duration>(
    "feed.interval",
    default: .seconds(1),
    "How often the feed is looked at while no change is told of."
  )

  init() {}

  init(_ settings: Settings) {
    retention = settings[Self.retentionSetting]
    heartbeat = settings[Self.heartbeatSetting]
    interval = settings[Self.intervalSetting]
  }
}
