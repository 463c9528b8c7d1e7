import AIP

extension FilterTree<CaseTest> {
  /// The condition as an SQL expression with parameters.
  ///
  /// - Parameter first: the number of the first parameter that is free in the statement.
  package func sql(_ names: SQLNames = SQLNames(), first: Int = 1) -> SQLCondition {
    var writer = SQLConditionWriter(names: names, first: first)
    let text = sql { writer.expression($0) }
    return SQLCondition(text: text, parameters: writer.parameters)
  }
}
