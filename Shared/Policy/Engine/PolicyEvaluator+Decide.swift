package import AIP

extension PolicyEvaluator {
  /// Decides: deny-overrides over clearance, relation, caveats, embargoes and conflicts of interest; default deny (5e).
  ///
  /// Allocates nothing.
  package func decide(_ request: AccessRequest) -> Decision {
    var observer = NoObserver()
    return evaluate(request, &observer)
  }

  @inline(__always)
  func evaluate(_ request: AccessRequest, _ observer: inout some DecisionObserver) -> Decision {
    evaluation(request, &observer).decision(self, request)
  }

  @inline(__always)
  private func evaluation(_ request: AccessRequest, _ observer: inout some DecisionObserver) -> Evaluation {
    var evaluation = Evaluation.begin(self, request, &observer)
    evaluation.addReaders(self, request, &observer)
    evaluation.addEmergency(self, request, &observer)
    evaluation.applyCaps(self, request, &observer)
    return evaluation
  }

  /// The grants that opened something of what is shown: what the log records when a decision obliges to
  /// ``Obligations/recordGrantUse``.
  ///
  /// - Parameter classes: what an answer shows of all that the decision gives.
  package func usedGrants(_ request: AccessRequest, showing classes: DataClassSet = .all) -> [RecordID] {
    var observer = NoObserver()
    let evaluation = evaluation(request, &observer)
    let (context, id) = (request.context, request.resource.id)
    let used = context.environment.grants.filter { grant in
      Self.holds(grant, context, id, inConflict: evaluation.isInConflict)
        && evaluation.usesGrant(of: grant.classes.intersection(classes))
    }
    return used.map(\.id)
  }

  /// What locks the case at the moment.
  @inline(__always)
  func lock(_ request: AccessRequest) -> Lockdown.Mode? {
    var found: Lockdown.Mode?
    for lockdown in request.context.environment.lockdowns
    where lockdown.period.contains(request.context.environment.now) {
      let isMeant = lockdown.mission.map { mission in
        request.resource.hats.contains { $0.kind == .mission && $0.party == mission }
      }
      guard isMeant ?? true else { continue }
      if lockdown.mode == .sealed { return .sealed }
      found = .readOnly
    }
    return found
  }
}
