import VigilTypeAPI

extension PBPartialDate {
  /// ISO 8601, as precise as the date is: `1964`, `1964-03`, `1964-03-27`.
  var text: String {
    guard year != 0 else { return "" }
    var text = Self.padded(year, to: 4)
    if month != 0 { text += "-" + Self.padded(month, to: 2) }
    if month != 0 && day != 0 { text += "-" + Self.padded(day, to: 2) }
    return text
  }

  /// Nil when the text is not of one of those forms.
  init?(text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let widths = [4, 2, 2]
    guard (1...3).contains(parts.count) else { return nil }
    var numbers: [Int32] = []
    for (part, width) in zip(parts, widths) {
      guard part.count == width, part.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int32(part), number > 0
      else { return nil }
      numbers.append(number)
    }
    self.init()
    year = numbers[0]
    month = numbers.count > 1 ? numbers[1] : 0
    day = numbers.count > 2 ? numbers[2] : 0
    guard month <= 12, day <= 31 else { return nil }
  }

  private static func padded(_ number: Int32, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
