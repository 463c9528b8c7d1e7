/// What is so at the moment of a request, whoever asks and for what (XACML: environment).
///
/// A grant or an emergency access of somebody else does no harm in it, so a service may hand over all that it has; the
/// fewer there are, the faster is the decision.
package struct Environment: Hashable, Sendable {
  package var now: PolicyTime
  package var grants: [Grant]
  package var emergencies: [BreakGlass]
  package var lockdowns: [Lockdown]

  package init(now: PolicyTime, grants: [Grant] = [], emergencies: [BreakGlass] = [], lockdowns: [Lockdown] = []) {
    self.now = now
    self.grants = grants
    self.emergencies = emergencies
    self.lockdowns = lockdowns
  }
}
