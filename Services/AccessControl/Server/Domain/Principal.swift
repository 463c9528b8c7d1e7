import AIP
import Policy

/// A person or a system that calls the register.
struct Principal: Hashable, Sendable {
  /// How it proves who it is.
  enum Credential: Hashable, Sendable {
    /// A system, by the URI in its certificates.
    case certificate(String)
    /// A person, by the subject of its tokens.
    case token(String)
  }

  var id: RecordID
  var organisation: RecordID
  /// Personal data: never logged.
  var displayName: String
  var credential: Credential
  var clearance: Classification
  /// Stopped from this time on: the end of all time while nobody has stopped it.
  var disableTime: PolicyTime = .distantFuture
  var revision: Int64 = 1
  var createTime: PolicyTime

  var isDisabled: Bool { disableTime != .distantFuture }
}
