import AIP

/// What a password must be. Length counts and composition does not (NIST SP 800-63B, 5.1.1.2).
enum PasswordRule {
  static let lengths = 12...128

  /// - Throws: INVALID_ARGUMENT, which says what is missing and nothing of the password.
  static func check(_ password: String, login: String) throws(ServiceError) {
    guard lengths.contains(password.unicodeScalars.count) else {
      throw .invalid("password", "must be of \(lengths.lowerBound) to \(lengths.upperBound) characters")
    }
    guard Set(password.unicodeScalars).count >= 5 else { throw .invalid("password", "must be of more characters") }
    guard !password.lowercased().contains(login.lowercased()) else {
      throw .invalid("password", "must not hold the login name")
    }
  }
}
