/// One line, or one set of bucket lines, of a metric: the handler behind one combination of labels.
protocol PrometheusSeries: AnyObject, Sendable {
  /// Appends the series' samples.
  ///
  /// - Parameters:
  ///   - name: The metric's name.
  ///   - labels: `a="b",c="d"`, or nothing.
  func write(name: String, labels: String, to text: inout String)
}

extension String {
  mutating func appendSample(_ name: String, _ labels: String, _ value: String) {
    self += name
    if !labels.isEmpty { self += "{\(labels)}" }
    self += " \(value)\n"
  }
}
