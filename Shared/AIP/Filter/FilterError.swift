/// Why a filter is refused.
package struct FilterError: Error, Hashable, Sendable {
  /// Offset of the offending part in bytes.
  package let position: Int
  /// One sentence, without the filter's own text.
  package let message: String

  package init(position: Int, message: String) {
    self.position = position
    self.message = message
  }
}

extension ServiceError {
  /// INVALID_ARGUMENT (INVALID_FILTER).
  package init(_ error: FilterError, field: String = "filter") {
    self = .invalid(
      field,
      "\(error.message) (at byte \(error.position))",
      reason: .invalidFilter,
      metadata: ["position": String(error.position)]
    )
  }
}
