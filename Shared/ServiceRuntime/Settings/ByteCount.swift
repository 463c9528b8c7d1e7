/// A size in bytes, written as a whole number with an optional unit: `512`, `64KiB`, `4MiB`, `1GiB`.
package struct ByteCount: ScalarSettingValue, Hashable {
  package var bytes: Int

  package static var form: String { "size" }

  private static let units: [(suffix: String, bytes: Int)] = [
    ("", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30),
  ]

  package init(bytes: Int) {
    self.bytes = bytes
  }

  package init?(settingText: String) {
    let digits = settingText.prefix { $0.isASCII && $0.isNumber }
    let suffix = settingText.dropFirst(digits.count)
    guard let count = Int(digits), let unit = Self.units.first(where: { $0.suffix == suffix }) else {
      return nil
    }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: unit.bytes)
    guard !overflow else { return nil }
    self.bytes = bytes
  }

  package var settingText: String {
    for unit in Self.units.reversed() where bytes >= unit.bytes && bytes % unit.bytes == 0 {
      return "\(bytes / unit.bytes)\(unit.suffix)"
    }
    return String(bytes)
  }

  package static func mebibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 20) }
  package static func kibibytes(_ count: Int) -> ByteCount { ByteCount(bytes: count << 10) }
}
