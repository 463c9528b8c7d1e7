/// How far a transfer is, in one line of a terminal that changes; nothing where nobody watches.
struct ProgressBar: Sendable {
  let title: String
  /// In bytes, unless `unit` says otherwise.
  let total: Int
  let console: Console
  /// Says how much a number is.
  var unit: @Sendable (Int) -> String = { Self.size($0) }

  private static let width = 30

  /// Shows that `done` of it are through.
  func show(_ done: Int) {
    guard console.isTerminal else { return }
    try? console.write("\r\u{1B}[K" + Self.text(title, done, of: total, unit))
  }

  /// Shows what is waited for.
  func wait(_ activity: String) {
    guard console.isTerminal else { return }
    try? console.write("\r\u{1B}[K\(title): \(activity)…")
  }

  /// Takes the line away.
  func clear() {
    guard console.isTerminal else { return }
    try? console.write("\r\u{1B}[K")
  }

  /// The line for `done` of `total`.
  static func text(
    _ title: String, _ done: Int, of total: Int, _ unit: (Int) -> String = { size($0) }
  ) -> String {
    let share = total > 0 ? min(1, Double(done) / Double(total)) : 1
    let full = Int(share * Double(width))
    let bar = String(repeating: "█", count: full) + String(repeating: "░", count: width - full)
    return "\(title) \(bar) \(Int(share * 100)) % of \(unit(total))"
  }

  /// A number of bytes for people, in the decimal units of disks.
  static func size(_ bytes: Int) -> String {
    switch bytes {
    case ..<1_000: "\(bytes) B"
    case ..<1_000_000: "\(bytes / 1_000) kB"
    default: "\(bytes / 1_000_000).\(bytes / 100_000 % 10) MB"
    }
  }
}
