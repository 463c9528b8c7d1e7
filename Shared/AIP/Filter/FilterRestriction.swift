/// One comparison of a filter: `incident_date >= 2019`.
package struct FilterRestriction: Hashable, Sendable {
  package let field: String
  package let comparator: FilterOperator
  package let value: String
  /// Offset of the field in bytes.
  package let position: Int

  package init(field: String, comparator: FilterOperator, value: String, position: Int) {
    self.field = field
    self.comparator = comparator
    self.value = value
    self.position = position
  }
}
