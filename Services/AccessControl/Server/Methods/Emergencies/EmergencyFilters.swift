import AIP
import Policy

// What lists of emergency accesses, lockdowns and notices can be filtered by. `active` is meant at the moment of the
// request.

extension FilterSchema<EmergencyTest> {
  static var emergencies: Self {
    FilterSchema([
      "case": .init([.equal], "of the form cases/{case}") { _, value in
        (try? CaseName(parsing: value)).map { .caseID($0.id) }
      },
      "principal": .init([.equal], "of the form principals/{principal}") { _, value in
        (try? PrincipalName(parsing: value)).map { .principal($0.id) }
      },
      "reviewed": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isReviewed($0) }
      },
    ])
  }
}

extension FilterSchema<LockTest> {
  static func locks(at now: PolicyTime) -> Self {
    FilterSchema([
      "mission": .init([.equal], "of the form missions/{mission}") { _, value in
        (try? MissionName(parsing: value)).map { .mission($0.party) }
      },
      "active": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isActive($0, at: now) }
      },
    ])
  }
}

extension FilterSchema<NoticeTest> {
  static var notices: Self {
    FilterSchema([
      "kind": .init([.equal], "one of " + Notice.Kind.allCases.map(\.code).joined(separator: ", ")) { _, value in
        Notice.Kind.allCases.first { $0.code == value || $0.code == "KIND_" + value }.map { .kind($0) }
      },
      "acknowledged": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isAcknowledged($0) }
      },
    ])
  }
}
