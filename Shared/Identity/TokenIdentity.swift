package import AIP

/// Whom an access token speaks for.
package struct TokenIdentity: Hashable, Sendable {
  /// The principal of the directory: the token's subject.
  package let principal: RecordID
  /// The session that the token belongs to, by which it can be ended before its time.
  package let session: RecordID

  package init(principal: RecordID, session: RecordID) {
    self.principal = principal
    self.session = session
  }
}
