/// A SQLSTATE error code (PostgreSQL documentation, appendix A).
package struct SQLState: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }

  package init(stringLiteral value: String) { self.init(rawValue: value) }

  package static let featureNotSupported: Self = "0A000"
  package static let notNullViolation: Self = "23502"
  package static let foreignKeyViolation: Self = "23503"
  package static let uniqueViolation: Self = "23505"
  package static let checkViolation: Self = "23514"
  package static let exclusionViolation: Self = "23P01"
  package static let readOnlyTransaction: Self = "25006"
  package static let inFailedTransaction: Self = "25P02"
  package static let invalidStatementName: Self = "26000"
  package static let serializationFailure: Self = "40001"
  package static let deadlockDetected: Self = "40P01"
  package static let insufficientPrivilege: Self = "42501"
  package static let undefinedTable: Self = "42P01"
  package static let duplicatePreparedStatement: Self = "42P05"
  package static let tooManyConnections: Self = "53300"
  package static let lockNotAvailable: Self = "55P03"
  package static let queryCancelled: Self = "57014"
  package static let adminShutdown: Self = "57P01"

  /// The first two characters.
  package var errorClass: Substring { rawValue.prefix(2) }

  /// Whether a whole transaction that failed with this may be run again as it is.
  package var isTransient: Bool { self == .serializationFailure || self == .deadlockDetected }

  /// Whether the server lacks room, memory or connections (class 53). The statement did nothing; it may work later.
  package var isShortage: Bool { errorClass == "53" }

  /// Whether the server ends the connection with this: shut down by an operator, or after a crash.
  var endsConnection: Bool { ["57P01", "57P02", "57P03"].contains(rawValue) }

  /// Whether the primary message of this class names only objects, settings and conditions.
  ///
  /// Left out: data exceptions (22), messages raised by SQL code (P0), internal errors (XX), the foreign wrappers'
  /// (HV), and everything unknown.
  package var messageHoldsNoData: Bool {
    Self.classesWithoutData.contains(errorClass)
  }

  private static let classesWithoutData: Set<Substring> = [
    "08", "0A", "23", "25", "26", "28", "34", "3D", "3F", "40", "42", "53", "54", "55", "57", "58",
  ]
}

extension SQLState: CustomStringConvertible {
  package var description: String { rawValue }
}
