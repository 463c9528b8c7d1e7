/// All series of one metric.
struct PrometheusFamily {
  enum Kind: String {
    case counter, gauge, histogram
  }

  let kind: Kind
  private var series: [String: any PrometheusSeries] = [:]

  init(kind: Kind) {
    self.kind = kind
  }

  /// The series with these labels, made if there is none yet. Once there are `limit`, what is new
  /// shares one series whose labels all say `overflow`: a label that callers choose must not be able
  /// to fill the memory.
  mutating func series(
    _ dimensions: [(String, String)],
    limit: Int,
    make: () -> any PrometheusSeries
  ) -> any PrometheusSeries {
    let labels = Self.labels(dimensions)
    if let existing = series[labels] { return existing }
    let isFull = series.count >= limit
    let key = isFull ? Self.labels(dimensions.map { ($0.0, "overflow") }) : labels
    if let existing = series[key] { return existing }
    let made = make()
    series[key] = made
    return made
  }

  mutating func remove(_ removed: some AnyObject) {
    series = series.filter { $0.value !== removed }
  }

  func write(name: String, help: String?, to text: inout String) {
    guard !series.isEmpty else { return }
    if let help {
      let escaped = help.split(separator: "\n").joined(separator: " ").replacing("\\", with: "\\\\")
      text += "# HELP \(name) \(escaped)\n"
    }
    text += "# TYPE \(name) \(kind.rawValue)\n"
    for (labels, series) in series.sorted(by: { $0.key < $1.key }) {
      series.write(name: name, labels: labels, to: &text)
    }
  }

  private static func labels(_ dimensions: [(String, String)]) -> String {
    dimensions
      .map { "\(PrometheusName.label($0.0))=\"\(PrometheusName.escapedValue($0.1))\"" }
      .joined(separator: ",")
  }
}
