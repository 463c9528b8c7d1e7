/// How many resources a page holds (AIP-158).
package struct PageSize: Hashable, Sendable {
  package let standard: Int
  package let maximum: Int

  package init(standard: Int, maximum: Int) {
    self.standard = standard
    self.maximum = maximum
  }

  /// The size for a request: 0 is the default, more than the maximum is the maximum.
  ///
  /// Throws INVALID_ARGUMENT for a negative number.
  package func resolve(_ requested: Int32, field: String = "page_size") throws(ServiceError) -> Int {
    guard requested >= 0 else { throw .invalid(field, "must not be negative") }
    return requested == 0 ? standard : min(Int(requested), maximum)
  }
}
