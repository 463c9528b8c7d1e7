internal import CLibPQ

/// What a connection is opened with.
struct ConnectionOptions: Sendable {
  private let url: String
  private let parameters: [(keyword: String, value: String)]
  /// The script that sets up each session.
  let sessionSettings: String

  init(_ configuration: PostgresPoolConfiguration) {
    url = configuration.url
    // What comes before `dbname`, the connection string, is a default that the string may override.
    parameters = [
      ("fallback_application_name", configuration.applicationName),
      ("connect_timeout", String(Int((configuration.connectTimeout / .seconds(1)).rounded(.up)))),
      ("keepalives_idle", "30"),
      ("keepalives_interval", "10"),
      ("keepalives_count", "3"),
      ("tcp_user_timeout", "30000"),
      ("dbname", configuration.url),
      ("client_encoding", "UTF8"),
    ]
    let timeout = configuration.statementTimeout.wholeMilliseconds
    let pause = min(configuration.transactionPause, configuration.statementTimeout).wholeMilliseconds
    sessionSettings = "SET statement_timeout = \(timeout); SET idle_in_transaction_session_timeout = \(pause)"
  }

  var keywords: [String] { parameters.map(\.keyword) }
  var values: [String] { parameters.map(\.value) }

  /// Whether libpq can read the connection string.
  var isWellFormed: Bool {
    var message: UnsafeMutablePointer<CChar>?
    let parsed = unsafe PQconninfoParse(url, &message)
    defer {
      unsafe PQconninfoFree(parsed)
      unsafe PQfreemem(message)
    }
    // A plain word would be taken for a database name by `dbname`; a service's setting is never that.
    return unsafe parsed != nil
  }
}

extension Duration {
  /// Rounded up, for settings in milliseconds where 0 would mean no limit.
  var wholeMilliseconds: Int { max(1, Int((self / .milliseconds(1)).rounded(.up))) }
}

extension String {
  /// libpq's messages end with, and may have, line ends.
  var onOneLine: String {
    split(whereSeparator: \.isNewline).joined(separator: "; ")
  }
}
