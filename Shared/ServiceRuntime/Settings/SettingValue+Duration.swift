/// A duration is a whole number and a unit: `250ms`, `30s`, `5m`, `1h`. Zero may go without a unit.
extension Duration: ScalarSettingValue {
  package static var form: String { "duration" }

  // From the finest to the coarsest, in milliseconds.
  private static let units: [(suffix: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000),
  ]

  package init?(settingText: String) {
    if settingText == "0" {
      self = .zero
      return
    }
    let digits = settingText.prefix { $0.isASCII && $0.isNumber }
    let suffix = settingText.dropFirst(digits.count)
    guard let count = Int64(digits), let unit = Self.units.first(where: { $0.suffix == suffix }) else {
      return nil
    }
    let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
    guard !overflow else { return nil }
    self = .milliseconds(milliseconds)
  }

  package var settingText: String {
    let parts = components
    let milliseconds = parts.seconds * 1_000 + parts.attoseconds / 1_000_000_000_000_000
    guard milliseconds != 0 else { return "0" }
    // The coarsest unit that loses nothing; milliseconds divide everything.
    for unit in Self.units.reversed() where milliseconds % unit.milliseconds == 0 {
      return "\(milliseconds / unit.milliseconds)\(unit.suffix)"
    }
    return "\(milliseconds)ms"
  }
}
