import AIP
import Policy

/// A case with five hats, three grants and two caveats, read by a State that wears three of the hats.
enum BenchmarkCase {
  struct NoParty: Error {}

  /// The same question of 64 States, so that no two in a row are equal.
  static func requests() throws -> [AccessRequest] {
    try (0..<64).map { number in
      let first = UInt8(ascii: "A") + UInt8(number / 26)
      let second = UInt8(ascii: "A") + UInt8(number % 26)
      return try request(party: String(decoding: [UInt8(ascii: "X"), first, second], as: UTF8.self))
    }
  }

  private static func party(_ name: String) throws -> PartyID {
    guard let party = PartyID(name) else { throw NoParty() }
    return party
  }

  private static func request(party name: String) throws -> AccessRequest {
    let now = PolicyTime(startOf: Day(number: 20_000))
    let state = try party(name)
    let roles: [ReaderClass] = [.hostState, .contributor, .nationalityState, .forumState]
    let subject = Subject(
      principal: RecordID(high: 7, low: 7), party: state, roles: roles.map { RoleAssignment($0) },
      clearance: .confidential)
    let environment = Environment(now: now, grants: try grants(to: name, at: now))
    let incident = Day(number: 19_000)
    let facts = CaseFacts(
      id: RecordID(high: 1, low: 1),
      hats: [
        Hat(.mission, try party("minusma")),
        Hat(.host, state, period: Period(from: Day(number: 18_000), until: Day(number: 19_500))),
        Hat(.contributor, try party("YYY")),
        Hat(.contributor, state),
        Hat(.nationality, state),
      ],
      caveats: [.opsec, .minor], incident: Period(from: incident, until: Day(number: incident.number + 1)))
    return AccessRequest(
      AccessContext(subject: subject, purpose: .prosecution, environment: environment), resource: facts)
  }

  /// One that opens, one that opens and lifts a caveat, one for another purpose.
  private static func grants(to name: String, at now: PolicyTime) throws -> [Grant] {
    func grant(_ classes: DataClassSet, _ purpose: Purpose, lifts: CaveatSet = []) throws -> Grant {
      Grant(
        id: RecordID(high: 3, low: 1), caseID: RecordID(high: 1, low: 1), classes: classes, purpose: purpose,
        grantee: try party(name),
        period: Period(from: now.advanced(bySeconds: -60), until: now.advanced(bySeconds: 60)),
        requester: RecordID(high: 2, low: 1), approver: RecordID(high: 2, low: 2), lifts: lifts)
    }
    return [
      try grant([.evidenceRegister], .prosecution),
      try grant([.exact], .prosecution, lifts: [.opsec]),
      try grant([.evidenceContent], .research),
    ]
  }
}
