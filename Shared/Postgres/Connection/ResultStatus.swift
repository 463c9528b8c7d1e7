internal import CLibPQ

/// What a `PGresult` is, as far as a pipeline and COPY need to know.
enum ResultStatus: Hashable, Sendable {
  /// The statement succeeded, with or without rows.
  case success
  /// The statement failed.
  case failure
  /// The statement did not run because an earlier one before the same sync failed.
  case aborted
  /// The end of the statements that belong together.
  case sync
  case copyIn
  /// Nothing that this module asks for.
  case unexpected

  init(_ status: ExecStatusType) {
    switch status {
    case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: self = .success
    case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE: self = .failure
    case PGRES_PIPELINE_ABORTED: self = .aborted
    case PGRES_PIPELINE_SYNC: self = .sync
    case PGRES_COPY_IN: self = .copyIn
    default: self = .unexpected
    }
  }
}
