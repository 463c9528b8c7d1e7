import AIP
import Policy

// What lists of grants and embargoes can be filtered by. `active` is meant at the moment of the request.

extension FilterSchema<PermitTest> {
  static func permits(at now: PolicyTime) -> Self {
    FilterSchema([
      "case": .init([.equal], "of the form cases/{case}") { _, value in
        (try? CaseName(parsing: value)).map { .caseID($0.id) }
      },
      "grantee": .init([.equal], "a party code") { _, value in
        PartyID(value).map { .grantee($0.description) }
      },
      "purpose": .init([.equal], "a purpose") { _, value in
        Purpose(named: value, prefix: "PURPOSE_").map { .purpose($0) }
      },
      "state": .init([.equal], "one of " + Permit.State.allCases.map(\.code).joined(separator: ", ")) { _, value in
        Permit.State.allCases.first { $0.code == value || $0.code == "STATE_" + value }.map { .state($0) }
      },
      "active": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isActive($0, at: now) }
      },
    ])
  }
}

extension FilterSchema<HoldTest> {
  static func holds(at now: PolicyTime) -> Self {
    FilterSchema([
      "kind": .init([.equal], "a kind of embargo") { _, value in
        EmbargoKind(named: value, prefix: "EMBARGO_KIND_").map { .kind($0) }
      },
      "active": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isActive($0, at: now) }
      },
    ])
  }
}
