import Policy

// Who is told of emergencies, reviews them, and locks. Roles that others have handed over do not count here either.
extension Administration {
  /// Who is told when somebody breaks the glass, and reviews it.
  static let reviewers: ReaderSet = [.headquarters, .legal, .seniorFocalPoint]
  /// Who locks the records of any mission; all of them are told of it.
  static let lockers: ReaderSet = [.headquarters, .legal, .safety, .seniorFocalPoint]
  private static let unlockers: ReaderSet = [.headquarters, .legal]

  /// Review emergency access of another principal.
  var mayReviewEmergencies: Bool { holds(Self.reviewers) }

  /// Others see their own.
  var seesEmergencies: Bool { holds(Self.reviewers.union([.auditor])) }

  /// Lock the records of a mission, or of every one: focal points those of their own.
  func mayLock(_ mission: PartyID?, focalPointOf missions: Set<PartyID>) -> Bool {
    holds(Self.lockers) || holds([.missionFocalPoint]) && mission.map(missions.contains) ?? false
  }

  /// End a lockdown that another has begun.
  var mayUnlock: Bool { holds(Self.unlockers) }

  /// Focal points see what touches their own missions, others nothing.
  var seesLocks: Bool { holds(Self.lockers.union([.auditor, .systemOperator])) }
}
