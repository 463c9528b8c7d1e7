package import AIP

/// Whom an access token speaks for.
package struct TokenIdentity: Hashable, Sendable {
  /// The principal of the directory: the token's subject.
  package let principal: RecordID
  /// The session that the token belongs to, by which it can be ended before its time.
  package let session: RecordID
  /// The codes of the roles that it may act by, of those that it holds; nil for all of them.
  package let roles: [String]?

  package init(principal: RecordID, session: RecordID, roles: [String]? = nil) {
    self.principal = principal
    self.session = session
    self.roles = roles
  }
}
