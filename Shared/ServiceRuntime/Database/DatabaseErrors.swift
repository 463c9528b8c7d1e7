import AIP
import GRPCCore
import Postgres

/// What errors of the database mean to a caller who is not told more.
enum DatabaseErrors {
  static func translate(_ error: any Error) -> ServiceError? {
    guard let error = error as? PostgresError else { return nil }
    switch error.code {
    case .deadlineExceeded:
      return ServiceError(.deadlineExceeded, .deadlinePassed, "the deadline passed before the answer was ready")
    case .cancelled:
      return ServiceError(.cancelled, .callCancelled, "the call was cancelled")
    case .connectionFailed, .connectionLost, .tooManyWaiters, .notRunning:
      return ServiceError(.unavailable, .databaseUnavailable, "the database cannot be reached at present")
    case .server(let error) where error.sqlState.isTransient:
      return ServiceError(.aborted, .conflict, "the records were changed by others at the same time; try again")
    case .server(let error) where error.sqlState.isShortage:
      return ServiceError(.unavailable, .databaseUnavailable, "the database has no room or resources left at present")
    case .server(let error) where error.sqlState == .queryCancelled:
      return ServiceError(.deadlineExceeded, .deadlinePassed, "the statement took too long")
    default:
      return nil
    }
  }
}
