/// What is done to values of one class in a record, and why.
package struct Disposition: Hashable, Sendable {
  package var transform: Transform
  package var reason: Reason

  package init(_ transform: Transform, _ reason: Reason) {
    self.transform = transform
    self.reason = reason
  }
}
