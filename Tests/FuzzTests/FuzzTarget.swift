/// Something that takes bytes from outside, and what must hold whatever they are.
///
/// A target must not trap, must not take long, and must not depend on anything but its input. `deploy/fuzz` has
/// libFuzzer look for inputs that break it; the tests replay the committed corpus with mutations.
struct FuzzTarget: Sendable {
  /// As `deploy/fuzz` names it; the folder of its corpus.
  let name: String
  /// Throws when something does not hold.
  let check: @Sendable ([UInt8]) throws(FuzzFinding) -> Void

  static let all = [
    http2Server, http2Client, messageFrames, callHeaders, postgresValues, listQueries, fatalitiesFiles,
  ]

  static func named(_ name: String) -> FuzzTarget? {
    all.first { $0.name == name }
  }
}

/// What an input has shown.
struct FuzzFinding: Error, CustomStringConvertible {
  var description: String

  init(_ description: String) {
    self.description = description
  }
}

/// Throws a finding unless the condition holds.
func hold(_ condition: @autoclosure () -> Bool, _ what: @autoclosure () -> String) throws(FuzzFinding) {
  guard condition() else { throw FuzzFinding(what()) }
}
