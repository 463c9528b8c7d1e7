/// A filter: conditions combined with and, or, not.
package indirect enum FilterTree<Condition> {
  /// Every one; none at all is true.
  case all([FilterTree])
  /// At least one; none at all is false.
  case any([FilterTree])
  case not(FilterTree)
  case condition(Condition)
}

extension FilterTree: Sendable where Condition: Sendable {}
extension FilterTree: Equatable where Condition: Equatable {}

extension FilterTree {
  /// The same tree with other leaves.
  package func map<Other, Failure: Error>(
    _ transform: (Condition) throws(Failure) -> Other
  ) throws(Failure) -> FilterTree<Other> {
    switch self {
    case .all(let parts): return .all(try Self.each(parts, transform))
    case .any(let parts): return .any(try Self.each(parts, transform))
    case .not(let part): return .not(try part.map(transform))
    case .condition(let condition): return .condition(try transform(condition))
    }
  }

  private static func each<Other, Failure: Error>(
    _ parts: [FilterTree],
    _ transform: (Condition) throws(Failure) -> Other
  ) throws(Failure) -> [FilterTree<Other>] {
    var result: [FilterTree<Other>] = []
    for part in parts { result.append(try part.map(transform)) }
    return result
  }

  /// Whether one of its conditions is such a one, wherever it stands.
  package func hasCondition(where test: (Condition) -> Bool) -> Bool {
    switch self {
    case .all(let parts), .any(let parts): parts.contains { $0.hasCondition(where: test) }
    case .not(let part): part.hasCondition(where: test)
    case .condition(let condition): test(condition)
    }
  }

  /// Whether the filter holds, given which conditions do.
  package func holds(_ isTrue: (Condition) -> Bool) -> Bool {
    switch self {
    case .all(let parts): parts.allSatisfy { $0.holds(isTrue) }
    case .any(let parts): parts.contains { $0.holds(isTrue) }
    case .not(let part): !part.holds(isTrue)
    case .condition(let condition): isTrue(condition)
    }
  }

  /// The filter as an SQL expression, given the expression of each condition. The conditions are visited in the order
  /// in which they are written. Each must be true or false, never null.
  package func sql(_ expression: (Condition) -> String) -> String {
    switch self {
    case .all(let parts): Self.join(parts, " AND ", ifNone: "TRUE", expression)
    case .any(let parts): Self.join(parts, " OR ", ifNone: "FALSE", expression)
    case .not(let part): "(NOT " + part.sql(expression) + ")"
    case .condition(let condition): "(" + expression(condition) + ")"
    }
  }

  private static func join(
    _ parts: [FilterTree],
    _ separator: String,
    ifNone: String,
    _ expression: (Condition) -> String
  ) -> String {
    guard parts.count != 1 else { return parts[0].sql(expression) }
    return parts.isEmpty ? ifNone : "(" + parts.map { $0.sql(expression) }.joined(separator: separator) + ")"
  }
}
