import AIP
import Policy

// What the lists of the directory can be filtered by. `active` is meant at the moment of the request.

extension FilterSchema<OrganisationTest> {
  static func organisations(at now: PolicyTime) -> Self {
    FilterSchema([
      "party": .init([.equal], "a party code") { _, value in
        PartyID(value).map { .party($0.description) }
      },
      "kind": .init([.equal], "one of " + Organisation.Kind.allCases.map(\.code).joined(separator: ", ")) { _, value in
        Organisation.Kind.allCases.first { $0.code == value || $0.code == "KIND_" + value }.map { .kind($0) }
      },
      "active": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isActive($0, at: now) }
      },
    ])
  }
}

extension FilterSchema<PrincipalTest> {
  static func principals(at now: PolicyTime) -> Self {
    FilterSchema([
      "organisation": .init([.equal], "of the form organisations/{organisation}") { _, value in
        (try? OrganisationName(parsing: value)).map { .organisation($0.id) }
      },
      "reader": .init([.equal], "a reader class") { _, value in
        ReaderClass(named: value, prefix: "READER_CLASS_").map { .holds($0, at: now) }
      },
      "disabled": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isDisabled($0) }
      },
    ])
  }
}

extension FilterSchema<RoleTest> {
  static func roles(at now: PolicyTime) -> Self {
    FilterSchema([
      "reader": .init([.equal], "a reader class") { _, value in
        ReaderClass(named: value, prefix: "READER_CLASS_").map { .reader($0) }
      },
      "active": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isActive($0, at: now) }
      },
    ])
  }
}

extension FilterSchema<HandoverTest> {
  static func handovers(at now: PolicyTime) -> Self {
    FilterSchema([
      "active": .init([.equal], "true or false") { _, value in
        Bool(value).map { .isActive($0, at: now) }
      }
    ])
  }
}
