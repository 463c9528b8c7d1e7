package import Logging
package import Postgres

/// What a service is given to make its parts from.
package struct ServiceResources: Sendable {
  package let runtime: ProcessRuntime
  /// The pool over the service's own schema; it runs before the parts and is stopped after them.
  package let pool: PostgresPool

  package var settings: Settings { runtime.settings }
  package var logger: Logger { runtime.logger }
}
