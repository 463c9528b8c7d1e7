import Logging
import Policy
import Postgres
import ServiceLifecycle

/// Signs the log anew at an interval while nothing is added: a head that is not old tells that the log is looked after,
/// and that nobody keeps it from showing what is new.
///
/// Run by every instance; whoever comes first signs.
struct AuditHeads: Service {
  static let interval: Duration = .seconds(60)

  let log: AuditLog
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        do {
          try await log.signAnew(olderThan: Self.interval)
        } catch {
          if !Task.isCancelled { logger.warning("the log cannot be signed", metadata: ["error": "\(error)"]) }
        }
        try? await Task.sleep(for: Self.interval / 4)
      }
    }
  }
}
