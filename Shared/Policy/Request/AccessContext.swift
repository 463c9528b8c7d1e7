/// Who asks, what for, and what is so at the moment: a request without its resource. Lists and searches have no more.
package struct AccessContext: Hashable, Sendable {
  package var subject: Subject
  package var purpose: Purpose?
  package var environment: Environment

  package init(subject: Subject, purpose: Purpose? = nil, environment: Environment) {
    self.subject = subject
    self.purpose = purpose
    self.environment = environment
  }
}
