/// A token of the filter language (AIP-160).
enum FilterToken: Hashable {
  case text(String)
  case string(String)
  case comparator(FilterOperator)
  case opening
  case closing
  case minus
  case end
}

/// How a field is compared.
package enum FilterOperator: String, Sendable, Hashable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// "Has": of a repeated field, that one of its elements is equal.
  case has = ":"
}
