import AIP

// Grants (5e): purpose-bound, expiring, approved by another.
extension PolicyEvaluator {
  /// Why a grant does nothing in a request.
  package enum GrantRefusal: Hashable, Sendable {
    case otherCase, otherGrantee, otherPurpose, notInForce, revoked, selfApproved, conditionsUnmet
    /// The party is in a conflict of interest and the Office of Legal Affairs has not cleared the grant.
    case conflict
  }

  /// Whether a grant holds for the context in a case, apart from conflicts of interest; nil if it does.
  @inline(__always)
  static func refusal(of grant: Grant, _ context: AccessContext, _ id: RecordID) -> GrantRefusal? {
    guard grant.caseID == id else { return .otherCase }
    return refusal(of: grant, context)
  }

  @inline(__always)
  static func refusal(of grant: Grant, _ context: AccessContext) -> GrantRefusal? {
    guard grant.grantee == context.subject.party, grant.principal == nil || grant.principal == context.subject.principal
    else { return .otherGrantee }
    guard grant.purpose == context.purpose else { return .otherPurpose }
    guard !grant.isRevoked else { return .revoked }
    guard grant.period.contains(context.environment.now) else { return .notInForce }
    guard grant.approver != grant.requester, grant.approver != context.subject.principal else { return .selfApproved }
    guard grant.conditions.isSubset(of: grant.fulfilled) else { return .conditionsUnmet }
    return nil
  }

  /// Whether a grant holds in the case.
  @inline(__always)
  static func holds(
    _ grant: Grant, _ context: AccessContext, _ id: RecordID, inConflict: Bool
  ) -> Bool {
    refusal(of: grant, context, id) == nil && (!inConflict || grant.isClearedByLegal)
  }

  @inline(__always)
  func grantEffect(
    _ context: AccessContext, _ id: RecordID, inConflict: Bool, _ observer: inout some DecisionObserver
  ) -> GrantEffect {
    var effect = GrantEffect()
    let grants = context.environment.grants
    for index in grants.indices {
      var refusal = Self.refusal(of: grants[index], context, id)
      if refusal == nil, inConflict, !grants[index].isClearedByLegal { refusal = .conflict }
      observer.note(.grant(index, refusal))
      if refusal == nil { effect.add(grants[index], liftable: liftable) }
    }
    return effect
  }

  /// What the grants add for a reader.
  @inline(__always)
  func granted(_ table: ReaderTable, _ effect: GrantEffect, inConflict: Bool) -> Exposures {
    let closed: DataClassSet = inConflict ? table.closedInConflict : []
    return table.byGrant & Exposure(effect.classes.subtracting(closed), .clear)
      | table.byClearedGrant & Exposure(effect.cleared.subtracting(closed), .clear)
  }
}
