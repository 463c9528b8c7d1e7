package import AIP
package import Policy

/// That somebody did or saw something, or tried to.
///
/// It names principals, parties and resources, and nothing else of anybody: reasons and contents stay with the service,
/// and at most their hash is here (``details``).
package struct AuditRecord: Hashable, Sendable {
  package var time: PolicyTime
  /// Full name, `vigil.cases.v1.CaseService/GetCase`. It begins with `vigil.` and the name of the service. At most 255
  /// bytes, and the rest is cut off.
  package var method: String
  /// Nil for what the system does of itself.
  package var principal: RecordID?
  /// The party that the principal acts for.
  package var party: PartyID?
  /// By its name; empty for a list. At most 2,048 bytes, and the rest is cut off.
  package var resource: String
  package var purpose: Purpose?
  /// What was shown or changed.
  package var classes: DataClassSet
  /// Of the policy that allowed or refused it.
  package var policyVersion: UInt32
  package var isAllowed: Bool
  /// The grants that were used, at most 255.
  package var grants: [RecordID]
  /// SHA-256 of what the service keeps of it in tables of its own; empty when it keeps nothing.
  package var details: [UInt8]
  package var salt: AuditSalt

  package init(
    time: PolicyTime, method: String, principal: RecordID?, party: PartyID?, resource: String, purpose: Purpose? = nil,
    classes: DataClassSet = [], policyVersion: UInt32, isAllowed: Bool = true, grants: [RecordID] = [],
    details: [UInt8] = [], salt: AuditSalt = .random
  ) {
    self.time = time
    self.method = method
    self.principal = principal
    self.party = party
    self.resource = resource
    self.purpose = purpose
    self.classes = classes
    self.policyVersion = policyVersion
    self.isAllowed = isAllowed
    self.grants = grants
    self.details = details
    self.salt = salt
  }
}
