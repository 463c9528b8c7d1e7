/// Aligned columns for a terminal, by the width that characters take there.
struct TextTable: Sendable {
  enum Alignment: Sendable {
    case left
    case right
  }

  private let alignments: [Alignment]
  private var rows: [[String]]

  /// - Parameter header: The titles, with their columns' alignments.
  init(header: [(title: String, alignment: Alignment)]) {
    alignments = header.map(\.alignment)
    rows = [header.map(\.title)]
  }

  /// Adds a row of as many cells as the header has.
  mutating func append(_ cells: [String]) {
    rows.append(cells.map(Self.inOneLine))
  }

  /// The table, each line ended; empty cells show as `-`.
  ///
  /// - Parameter columns: The room there is; the widest columns give way, down to eight each.
  func text(fitting columns: Int? = nil) -> String {
    let widths = widths(fitting: columns)
    return rows.map { line($0, widths) + "\n" }.joined()
  }

  private static let gap = 2
  private static let narrowest = 8

  private func widths(fitting columns: Int?) -> [Int] {
    var widths = alignments.indices.map { column in
      rows.map { max(1, $0[column].displayWidth) }.max() ?? 1
    }
    guard let columns else { return widths }
    var excess = widths.reduce(0, +) + Self.gap * (widths.count - 1) - columns
    while excess > 0, let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > Self.narrowest
    {
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      let shown = (cell.isEmpty ? "-" : cell).cut(toDisplayWidth: widths[column])
      let padding = String(repeating: " ", count: widths[column] - shown.displayWidth)
      line += alignments[column] == .left ? shown + padding : padding + shown
      line += String(repeating: " ", count: Self.gap)
    }
    while line.last == " " { line.removeLast() }
    return line
  }

  // A line break or a control character in a cell would break the table, or command the terminal.
  private static func inOneLine(_ cell: String) -> String {
    String(String.UnicodeScalarView(cell.unicodeScalars.map { $0.isControl ? " " : $0 }))
  }
}

extension Unicode.Scalar {
  /// Whether a terminal would obey the scalar instead of showing it.
  fileprivate var isControl: Bool { properties.generalCategory == .control }
}
