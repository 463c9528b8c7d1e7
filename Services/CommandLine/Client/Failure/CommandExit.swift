/// How the command ended, for scripts: the numbers of sysexits.h.
enum CommandExit: Int32, CaseIterable, Sendable {
  case success = 0
  case usage = 64
  case badData = 65
  case notFound = 66
  case unavailable = 69
  case software = 70
  case inputOutput = 74
  case temporary = 75
  case noPermission = 77
  case configuration = 78

  /// What the status means, in a few words.
  var meaning: String {
    switch self {
    case .success: "done"
    case .usage: "wrong usage, or a request that the system refuses as invalid"
    case .badData: "the file was refused"
    case .notFound: "no such record or file"
    case .unavailable: "the system, or a part of it, cannot be reached"
    case .software: "a defect"
    case .inputOutput: "the output cannot be written"
    case .temporary: "try again later"
    case .noPermission: "not allowed"
    case .configuration: "wrong settings or certificates"
    }
  }

  /// All of them in one line.
  static var summary: String {
    allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: "; ")
  }
}
