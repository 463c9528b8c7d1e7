import AIP
import Policy

/// A grant as it is on record: asked for, approved or refused by another, revoked.
struct Permit: Hashable, Sendable {
  /// Where it stands, by the contract's numbers.
  enum State: Int16, CaseIterable, Sendable {
    case requested = 1
    case approved, refused, revoked
  }

  /// What may be done to it.
  enum Step: CaseIterable, Sendable {
    case approve, refuse, revoke, recordConditions
  }

  var id: RecordID
  var caseID: RecordID
  var classes: DataClassSet
  var purpose: Purpose
  var grantee: PartyID
  /// The only principal of the grantee that may use it; nil for any.
  var principal: RecordID?
  var legalBasis: String
  var conditions: GrantConditionSet
  var fulfilled: GrantConditionSet = []
  var lifts: CaveatSet
  var allowsOnwardSharing: Bool
  var period: Period<PolicyTime>
  var requester: RecordID
  /// Who approved or refused it.
  var approver: RecordID?
  var isClearedByLegal = false
  var state: State = .requested
  var revision: Int64 = 1
  var createTime: PolicyTime
}

extension Permit.State {
  /// The state that a step leads to; nil for a step that it does not allow. What was refused or revoked stays so.
  func after(_ step: Permit.Step) -> Permit.State? {
    switch (self, step) {
    case (.requested, .approve): .approved
    case (.requested, .refuse): .refused
    case (.requested, .revoke), (.approved, .revoke): .revoked
    case (.requested, .recordConditions), (.approved, .recordConditions): self
    default: nil
    }
  }

  /// The name in filters, as in the contract.
  var code: String {
    switch self {
    case .requested: "STATE_REQUESTED"
    case .approved: "STATE_APPROVED"
    case .refused: "STATE_REFUSED"
    case .revoked: "STATE_REVOKED"
    }
  }
}

extension Permit {
  /// As the policy sees it, with an approver: the one that it has, or whoever is about to be.
  func grant(approver: RecordID) -> Grant {
    Grant(
      id: id, caseID: caseID, classes: classes, purpose: purpose, grantee: grantee, principal: principal,
      period: period, requester: requester, approver: approver, lifts: lifts, conditions: conditions,
      fulfilled: fulfilled,
      isClearedByLegal: isClearedByLegal, allowsOnwardSharing: allowsOnwardSharing, isRevoked: state == .revoked)
  }
}
