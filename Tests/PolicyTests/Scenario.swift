import AIP
import Policy
import Testing

/// Short names for what the tests speak of. Days are numbers; the request is made on day 1000, the incident was on 900.
enum Scenario {
  static let today = Day(number: 1000)
  static let now = PolicyTime(startOf: today)
  static let incident = Period(from: Day(number: 900), until: Day(number: 901))
  static let thisCase = id(1)
  static let person = id(100)

  static func id(_ number: UInt64) -> RecordID { RecordID(high: 0, low: number) }

  static func party(_ name: String) throws -> PartyID { try #require(PartyID(name)) }

  static func evaluator() throws -> PolicyEvaluator { PolicyEvaluator(try Policy.standard()) }

  /// Who reads only as a reader of the class, and the hat that it needs, worn for ever.
  static func reader(
    _ reader: ReaderClass, party name: String = "KEN", principal: RecordID = person,
    clearance: Classification = .strictlyConfidential, purpose: Purpose? = nil
  ) throws -> AccessContext {
    let party = try party(name)
    let subject = Subject(
      principal: principal, party: party, roles: [RoleAssignment(reader)], clearance: clearance)
    let only: Purpose? =
      switch reader {
      case .auditor: .audit
      case .councilReader: .councilBrief
      default: .prosecution
      }
    return AccessContext(subject: subject, purpose: purpose ?? only, environment: Environment(now: now))
  }

  /// A case with the hats, each worn by the party for ever.
  static func facts(
    _ hats: [(HatKind, String)] = [], caveats: CaveatSet = [], classification: Classification = .confidential
  ) throws -> CaseFacts {
    CaseFacts(
      id: thisCase, hats: try hats.map { Hat($0.0, try party($0.1)) }, classification: classification,
      caveats: caveats, incident: incident)
  }

  /// A case that gives the party every quality that hats can give.
  static func related(_ name: String = "KEN", caveats: CaveatSet = []) throws -> CaseFacts {
    try facts(HatKind.allCases.filter { $0 != .implicated }.map { ($0, name) }, caveats: caveats)
  }

  static func grant(
    _ classes: DataClassSet, number: UInt64 = 300, to name: String = "KEN", purpose: Purpose = .prosecution,
    cleared: Bool = false, change: (inout Grant) -> Void = { _ in }
  ) throws -> Grant {
    var grant = Grant(
      id: id(number), caseID: thisCase, classes: classes, purpose: purpose, grantee: try party(name),
      period: Period(from: now.advanced(bySeconds: -3600), until: now.advanced(bySeconds: 3600)), requester: id(200),
      approver: id(201), isClearedByLegal: cleared)
    change(&grant)
    return grant
  }

  static func record(owner: String? = nil, releasedTo: String? = nil, embargoed: Bool = false) throws -> RecordFacts {
    RecordFacts(
      owners: try owner.map { [try party($0)] } ?? [], releasedTo: try releasedTo.map { [try party($0)] } ?? [],
      isEmbargoed: embargoed)
  }
}

extension AccessContext {
  func with(_ change: (inout AccessContext) -> Void) -> AccessContext {
    var copy = self
    change(&copy)
    return copy
  }

  func with(_ grants: Grant...) -> AccessContext { with { $0.environment.grants = grants } }
}
