/// The number of a case for people: `MINUSMA-2019-003`.
struct DisplayNumber: Hashable, Sendable, CustomStringConvertible {
  /// What is numbered through: the cases of a mission in a year.
  struct Series: Hashable, Sendable {
    var mission: MissionID
    var year: Int
  }

  var series: Series
  /// The mission's acronym.
  var missionCode: String
  /// From 1.
  var number: Int32

  var description: String {
    let digits = String(number)
    let padding = String(repeating: "0", count: max(0, 3 - digits.count))
    return "\(missionCode.split(separator: " ").joined(separator: "-"))-\(series.year)-\(padding)\(digits)"
  }
}
