/// What decides an attempt to sign in. All of it is found out before, whatever the outcome, and there are two outcomes.
struct SignInAttempt: Hashable, Sendable {
  /// What the second factor was found to be.
  enum SecondFactor: Hashable, Sendable {
    case wrong
    /// A code of the step, not used before.
    case step(Int64)
    /// A recovery code, not used before.
    case recovery
  }

  /// Whether there is no pause after attempts in vain.
  var isAdmitted: Bool
  /// Whether there is such a person, who may act.
  var isKnown: Bool
  var isPasswordRight: Bool
  var secondFactor: SecondFactor

  /// How the session begins; nil when it does not.
  var session: Session.Kind? {
    guard isAdmitted, isKnown, isPasswordRight else { return nil }
    switch secondFactor {
    case .wrong: return nil
    case .step: return .authenticator
    case .recovery: return .recoveryCode
    }
  }
}
