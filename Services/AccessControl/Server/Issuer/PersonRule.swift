import Policy
import ServiceRuntime

/// Whom an issuer's people are here, and what its word takes from them.
struct PersonRule: Hashable, Sendable {
  /// Whoever is signed in, by the name that it has in the directory.
  struct Person: Hashable, Sendable {
    var login: String
    /// The roles that it may act by, of those that it holds; nil for all of them.
    var readers: ReaderSet?
  }

  /// The claim that names the person.
  var claim = "sub"
  /// What goes before it in the directory: so that an issuer cannot name somebody who has a password here.
  var prefix = "oidc:"
  /// The claim that names roles; nil where the issuer has no say in them.
  var rolesClaim: String?
  var roles: [ClaimedRole] = []

  /// Nil for a token that names nobody. Where the issuer has a say in roles, one that says nothing gives none.
  func person(_ claims: [String: Claim]) -> Person? {
    guard let name = claims[claim]?.text, !name.isEmpty, !name.utf8.contains(0) else { return nil }
    let login = prefix + name
    guard login.unicodeScalars.count <= 255 else { return nil }
    return Person(login: login, readers: rolesClaim.map { readers(claims[$0]?.texts ?? []) })
  }

  private func readers(_ values: [String]) -> ReaderSet {
    ReaderSet(roles.filter { values.contains($0.value) }.map(\.reader))
  }
}

/// Which role a value of the issuer's claim stands for: `officers=HQ`.
struct ClaimedRole: Hashable, Sendable, ScalarSettingValue {
  static let form = "value=ROLE"

  var value: String
  var reader: ReaderClass

  init(value: String, reader: ReaderClass) {
    (self.value, self.reader) = (value, reader)
  }

  init?(settingText text: String) {
    guard let mark = text.lastIndex(of: "="), mark > text.startIndex,
      let reader = ReaderClass(code: text[text.index(after: mark)...])
    else { return nil }
    self.init(value: String(text[..<mark]), reader: reader)
  }

  var settingText: String { "\(value)=\(reader.code)" }
}
