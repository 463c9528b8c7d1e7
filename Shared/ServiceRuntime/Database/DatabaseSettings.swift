/// The settings of a service's database.
package enum DatabaseSettings {
  package static let url = Setting<String>(
    "database.url",
    default: nil,
    form: "url",
    isSecret: true,
    """
    Where the database is, as libpq takes it: postgresql://user@host:port/vigil?options. The user is the \
    role that owns the service's schema.
    """
  )
  package static let connections = Setting<Int>(
    "database.connections",
    default: 8,
    "The most connections to keep open."
  )
  package static let statementTimeout = Setting<Duration>(
    "database.statement-timeout",
    default: .seconds(60),
    "How long a statement may run when its call has no earlier deadline."
  )

  package static let group = SettingGroup("Database", [url, connections, statementTimeout])
}
