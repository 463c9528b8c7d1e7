/// How a ``PostgresPool`` connects and how much it allows.
package struct PostgresPoolConfiguration: Sendable {
  /// A libpq connection string or URI (libpq documentation, 34.1.1): several hosts, TLS, `target_session_attrs`, a
  /// password file and so on as libpq has them. Secret: never logged.
  package var url: String
  /// The most connections for statements and transactions; the one for `LISTEN` comes on top. At least 1.
  package var maximumConnections = 8
  /// Connections kept open without work.
  package var minimumConnections = 1
  /// Statements in flight on one shared connection before callers wait.
  package var maximumPipelineDepth = 256
  /// Callers that may wait for a connection before others are refused.
  package var maximumWaiters = 4096
  /// The longest a caller without a deadline waits for a connection.
  package var connectionWait: Duration = .seconds(10)
  /// The longest one attempt to connect to one host takes, rounded up to whole seconds; libpq takes at least 2.
  package var connectTimeout: Duration = .seconds(5)
  /// `statement_timeout` of every session: the bound for statements without an earlier deadline.
  package var statementTimeout: Duration = .seconds(60)
  /// How long a transaction may wait for its own process between two statements before the server ends it: one that
  /// hangs must not keep the others from what it has locked. At most ``statementTimeout``.
  package var transactionPause: Duration = .seconds(10)
  /// How long a connection may idle before it is checked.
  package var healthCheckInterval: Duration = .seconds(15)
  /// How long a check may take before the connection counts as broken.
  package var healthCheckTimeout: Duration = .seconds(5)
  /// How long a connection above the minimum may idle before it is closed.
  package var idleTimeout: Duration = .seconds(300)
  /// The wait after the first failed attempt to connect; doubled, with jitter, up to ``maximumBackoff``.
  package var minimumBackoff: Duration = .milliseconds(50)
  package var maximumBackoff: Duration = .seconds(2)
  /// How often a transaction is tried when it meets serialization failures or deadlocks.
  package var transactionAttempts = 10
  /// Prepared statements kept on one connection.
  package var preparedStatements = 256
  /// `application_name`, shown in `pg_stat_activity`.
  package var applicationName = "vigil"

  package init(url: String) { self.url = url }
}
