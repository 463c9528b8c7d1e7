/// The fields that a list can be filtered by, each with its comparisons and the condition that it means.
package struct FilterSchema<Condition: Sendable>: Sendable {
  /// Makes a condition, or nil when the value is not one of the field.
  package typealias Reading = @Sendable (FilterOperator, String) -> Condition?

  /// One field.
  package struct Field: Sendable {
    let operators: Set<FilterOperator>
    let expectation: String
    let read: Reading

    /// `expectation` completes "must be …" for a value that `read` refuses.
    package init(_ operators: Set<FilterOperator>, _ expectation: String, read: @escaping Reading) {
      self.operators = operators
      self.expectation = expectation
      self.read = read
    }
  }

  private let fields: [String: Field]
  private let limits: FilterParser.Limits

  package init(_ fields: [String: Field], limits: FilterParser.Limits = .init()) {
    self.fields = fields
    self.limits = limits
  }

  /// The same without the fields that are not known, to one who may not know them.
  package func limited(to isKnown: (String) -> Bool) -> FilterSchema {
    FilterSchema(fields.filter { isKnown($0.key) }, limits: limits)
  }

  /// The filter in `text`.
  ///
  /// Throws for text that does not parse or is too large, an unknown field, a comparison that the field does not have
  /// and a value that it cannot have.
  package func parse(_ text: String) throws(FilterError) -> FilterTree<Condition> {
    try FilterParser.parse(text, limits: limits).map { (restriction) throws(FilterError) in
      try condition(restriction)
    }
  }

  private func condition(_ restriction: FilterRestriction) throws(FilterError) -> Condition {
    func refuse(_ message: String) -> FilterError {
      FilterError(position: restriction.position, message: message)
    }
    guard let field = fields[restriction.field] else {
      throw refuse("has an unknown field; known are \(fields.keys.sorted().joined(separator: ", "))")
    }
    guard field.operators.contains(restriction.comparator) else {
      throw refuse("compares \(restriction.field) by \(restriction.comparator.rawValue), which it does not have")
    }
    guard let condition = field.read(restriction.comparator, restriction.value) else {
      throw refuse("\(restriction.field) must be \(field.expectation)")
    }
    return condition
  }
}

extension Set<FilterOperator> {
  package static var equality: Self { [.equal, .notEqual] }
  package static var membership: Self { [.equal, .notEqual, .has] }
  package static var ordering: Self { [.equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual] }
}
