/// Why the command could not do its work, told for the person who typed it.
struct CommandFailure: Error, Equatable {
  var status: CommandExit
  /// What went wrong, in one line without a full stop.
  var reason: String
  /// More about it, a line each.
  var details: [String] = []
  /// What to do next; may be empty.
  var advice: String = ""

  /// The failure as it is shown, ending with a line break.
  var text: String {
    var lines = ["vigil: \(reason)"]
    lines += details.map { "  \($0)" }
    if !advice.isEmpty { lines.append("  \(advice)") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Shows it; a standard error that is closed is nobody's loss.
  func tell(on console: Console) {
    try? console.write(text)
  }
}
