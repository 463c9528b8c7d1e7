/// A principal that may call: how it proves who it is, while it may, and what it is to the policy.
package struct Enrolment: Hashable, Sendable {
  package enum Credential: Hashable, Sendable {
    /// A system, by the URI in its certificates.
    case certificate(String)
    /// A person, by the subject of its tokens.
    case token(String)

    var certificate: String? { if case .certificate(let uri) = self { uri } else { nil } }
  }

  package var credential: Credential
  /// While it has not been stopped and its organisation stands.
  package var period: Period<PolicyTime>
  package var subject: Subject

  package init(_ credential: Credential, period: Period<PolicyTime> = .always, subject: Subject) {
    self.credential = credential
    self.period = period
    self.subject = subject
  }
}
