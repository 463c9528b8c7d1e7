/// When something happened, as far as known: a moment or an interval in EDTF (ISO 8601-2), of which this reads dates of any
/// precision, times of day, `?`, `~` and `%`, and open ends.
struct Occurrence: Hashable, Sendable {
  /// One end of it.
  struct Moment: Hashable, Sendable {
    /// What is not sure of it.
    enum Doubt: String, Sendable {
      case none = ""
      case uncertain = "?"
      case approximate = "~"
      case both = "%"
    }

    var date: PartialDate
    /// Minutes since midnight.
    var minute: Int?
    var doubt = Doubt.none
  }

  /// Nil where it is not known; not both of an interval are.
  var start: Moment?
  var end: Moment?
  var isInterval: Bool

  /// Its first possible day and its last, of the ends that are known.
  var days: ClosedRange<Int32> {
    let first = (start ?? end)?.date.span.lowerBound ?? 0
    return first...max(first, (end ?? start)?.date.span.upperBound ?? first)
  }

  /// Without times of day.
  var withoutTimes: Occurrence {
    map { Moment(date: $0.date, doubt: $0.doubt) }
  }

  /// Without times of day and days.
  var withoutDays: Occurrence {
    map { Moment(date: $0.date.withoutDay, doubt: $0.doubt) }
  }

  private func map(_ change: (Moment) -> Moment) -> Occurrence {
    Occurrence(start: start.map(change), end: end.map(change), isInterval: isInterval)
  }

  /// Why it cannot be; nil if it can.
  var contradiction: String? {
    guard isInterval, let start, let end else { return nil }
    let isBackward =
      end.date.isOver(before: start.date)
      || end.date == start.date && (end.minute ?? .max) < (start.minute ?? .min)
    return isBackward ? "ends before it begins" : nil
  }
}

extension Occurrence: CustomStringConvertible {
  /// Nil for what is not such a text, or tells nothing.
  init?(_ text: String) {
    guard text.utf8.count <= 64 else { return nil }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    isInterval = parts.count == 2
    guard parts.count <= 2 else { return nil }
    let ends = parts.map { $0 == ".." && parts.count == 2 ? nil : Moment($0) }
    for (part, end) in zip(parts, ends) where end == nil && (part != ".." || parts.count == 1) { return nil }
    start = ends[0]
    end = isInterval ? ends[1] : nil
    guard start != nil || end != nil else { return nil }
  }

  var description: String {
    guard isInterval else { return start?.description ?? "" }
    return (start?.description ?? "..") + "/" + (end?.description ?? "..")
  }
}

extension Occurrence.Moment: CustomStringConvertible {
  init?(_ text: Substring) {
    var rest = text
    if let last = rest.last, let doubt = Doubt(rawValue: String(last)) {
      self.doubt = doubt
      rest = rest.dropLast()
    }
    let parts = rest.split(separator: "T", omittingEmptySubsequences: false)
    guard parts.count <= 2, let date = PartialDate(parts[0]) else { return nil }
    self.date = date
    guard parts.count == 2 else { return }
    guard date.isDay, let minute = Self.minute(parts[1]) else { return nil }
    self.minute = minute
  }

  /// Of `HH:MM`.
  private static func minute(_ text: Substring) -> Int? {
    let digits = text.utf8.map { Int($0) - 48 }
    guard digits.count == 5, digits[2] == 10 else { return nil }
    let numbers = [digits[0], digits[1], digits[3], digits[4]]
    guard numbers.allSatisfy({ (0...9).contains($0) }) else { return nil }
    let (hour, minute) = (numbers[0] * 10 + numbers[1], numbers[2] * 10 + numbers[3])
    return hour < 24 && minute < 60 ? hour * 60 + minute : nil
  }

  var description: String {
    guard let minute else { return date.description + doubt.rawValue }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date)T\(two(minute / 60)):\(two(minute % 60))\(doubt.rawValue)"
  }
}

/// The time zone of a place: of the IANA's data base, or an offset. Whether there is such a one is not known here.
struct ZoneName: Hashable, Sendable {
  /// Nil for what cannot be one.
  init?(_ text: String) {
    guard (1...64).contains(text.utf8.count), Self.isOffset(text) || Self.isName(text) else { return nil }
  }

  /// `±HH:MM`, to 14 hours.
  private static func isOffset(_ text: String) -> Bool {
    guard let sign = text.first, sign == "+" || sign == "-" else { return false }
    guard let moment = Occurrence.Moment("2000-01-01T\(text.dropFirst())"), moment.doubt == .none else { return false }
    return (moment.minute ?? .max) <= 14 * 60
  }

  private static func isName(_ text: String) -> Bool {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    return parts.count <= 3
      && parts.allSatisfy { part in
        part.utf8.first.map(isLetter) == true
          && part.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) || "_+-".utf8.contains($0) }
      }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte & ~0x20) }
}
