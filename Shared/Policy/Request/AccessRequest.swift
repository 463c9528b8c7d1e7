/// A question to the policy: may this subject do this with this case, and what does it see of it?
package struct AccessRequest: Hashable, Sendable {
  package var context: AccessContext
  package var action: Action
  /// The data classes that the action touches. For ``Action/read`` none: what is seen is the decision's answer.
  package var classes: DataClassSet
  /// The class that carries the existence of what is asked for: whoever may not see it sees nothing at all. Core for a
  /// case; assistance, aggregates or audit for those resources.
  package var gate: DataClass
  package var resource: CaseFacts

  package init(
    _ context: AccessContext, action: Action = .read, classes: DataClassSet = [], gate: DataClass = .core,
    resource: CaseFacts
  ) {
    self.context = context
    self.action = action
    self.classes = classes
    self.gate = gate
    self.resource = resource
  }
}
