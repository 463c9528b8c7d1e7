/// An order of a list (AIP-132): `incident_date desc, name`.
package struct OrderBy: Hashable, Sendable {
  package struct Term: Hashable, Sendable {
    package let field: String
    package let descending: Bool

    package init(field: String, descending: Bool) {
      self.field = field
      self.descending = descending
    }
  }

  /// The terms, most significant first; empty when the request names no order.
  package let terms: [Term]

  /// Throws INVALID_ARGUMENT (INVALID_ORDER_BY) for text that does not parse and a field outside `sortable` or named
  /// twice.
  package init(_ text: String, sortable: [String], field: String = "order_by") throws(ServiceError) {
    func refuse(_ why: String) -> ServiceError {
      .invalid(field, why, reason: .invalidOrderBy, metadata: ["supported": sortable.joined(separator: ", ")])
    }
    guard text.utf8.count <= 200 else { throw refuse("is too long") }
    var terms: [Term] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) where !text.allSatisfy({ $0 == " " }) {
      let words = part.split(separator: " ")
      guard let name = words.first.map(String.init), words.count <= 2 else { throw refuse("does not parse") }
      guard words.count == 1 || words[1] == "desc" || words[1] == "asc" else { throw refuse("does not parse") }
      guard sortable.contains(name) else { throw refuse("has a field that this list is not sorted by") }
      guard !terms.contains(where: { $0.field == name }) else { throw refuse("names a field twice") }
      terms.append(Term(field: name, descending: words.last == "desc"))
    }
    self.terms = terms
  }
}
