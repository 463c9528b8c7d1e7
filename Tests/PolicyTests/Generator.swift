import AIP
import Policy

/// Makes policies, subjects and cases from few parties, days and ids, so that they often meet.
struct Generator {
  var random: SplitMix
  static let parties = ["KEN", "NGA", "AU", "minusma"].compactMap { PartyID($0) }

  init(seed: UInt64) { random = SplitMix(seed: seed) }

  mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &random) == 0 }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }

  mutating func some<Code: PolicyCode>(_ type: Code.Type = Code.self, oneIn of: Int) -> CodeSet<Code> {
    CodeSet(Code.allCases.filter { _ in chance(of) })
  }

  mutating func many<Element>(_ most: Int, _ make: (inout Generator) -> Element) -> [Element] {
    (0..<Int.random(in: 0...most, using: &random)).map { _ in make(&self) }
  }

  // MARK: Facts

  mutating func party() -> PartyID { one(of: Self.parties) }

  mutating func id() -> RecordID { Scenario.id(UInt64.random(in: 1...3, using: &random)) }

  mutating func days() -> Period<Day> {
    let days = [Day.distantPast] + (995...1005).map { Day(number: $0) } + [Day.distantFuture]
    return chance(3) ? .always : Period(from: one(of: days), until: one(of: days))
  }

  mutating func times() -> Period<PolicyTime> {
    func time(_ offset: Int64) -> PolicyTime { Scenario.now.advanced(bySeconds: offset) }
    let from = one(of: [PolicyTime.distantPast, time(-100_000), time(-3600), time(-1), time(0), time(1)])
    return Period(from: from, until: one(of: [time(-1), time(0), time(1), time(60), time(100_000), .distantFuture]))
  }

  mutating func hat() -> Hat { Hat(one(of: HatKind.allCases), party(), period: days()) }

  mutating func caseFacts(id: RecordID? = nil) -> CaseFacts {
    let day = Int32.random(in: 996...1003, using: &random)
    return CaseFacts(
      id: id ?? self.id(), hats: many(8) { $0.hat() }, classification: one(of: Classification.allCases),
      caveats: some(oneIn: chance(2) ? 4 : 100),
      embargoes: many(1) { Embargo($0.one(of: EmbargoKind.allCases), period: $0.times()) },
      incident: Period(from: Day(number: day), until: Day(number: day + (chance(2) ? 1 : 4))))
  }

  mutating func record() -> RecordFacts {
    RecordFacts(
      owners: many(2) { $0.party() }, releasedTo: many(2) { $0.party() }, isEmbargoed: chance(3),
      classification: one(of: Classification.allCases))
  }

  // MARK: Subjects

  mutating func role() -> RoleAssignment {
    RoleAssignment(
      one(of: ReaderClass.allCases), scope: chance(4) ? party() : nil, period: chance(4) ? times() : .always)
  }

  mutating func context(ids: [RecordID]? = nil) -> AccessContext {
    let principal = id()
    let subject = Subject(
      principal: principal, party: party(), roles: many(5) { $0.role() },
      delegations: many(1) { $0.delegation(to: principal) }, clearance: one(of: Classification.allCases))
    let environment = Environment(
      now: Scenario.now, grants: many(4) { $0.grant(subject, ids) }, emergencies: many(1) { $0.glass(subject, ids) },
      lockdowns: chance(6) ? many(2) { $0.lockdown() } : [])
    return AccessContext(
      subject: subject, purpose: chance(5) ? nil : one(of: [.prosecution, .audit, .councilBrief]),
      environment: environment)
  }

  mutating func delegation(to delegate: RecordID) -> Delegation {
    Delegation(
      from: Scenario.id(77), to: chance(5) ? id() : delegate, party: party(), readers: some(oneIn: 2),
      delegatorRoles: many(3) { $0.role() }, period: times(), isRevoked: chance(5))
  }

  mutating func grant(_ subject: Subject, _ ids: [RecordID]?) -> Grant {
    Grant(
      id: Scenario.id(300), caseID: ids.map { one(of: $0) } ?? id(), classes: chance(2) ? .all : some(oneIn: 2),
      purpose: chance(3) ? .audit : .prosecution, grantee: chance(4) ? party() : subject.party,
      principal: chance(4) ? id() : nil, period: times(), requester: Scenario.id(8),
      approver: chance(6) ? Scenario.id(8) : Scenario.id(9), lifts: some(oneIn: 2),
      conditions: chance(4) ? some(oneIn: 3) : [], fulfilled: some(oneIn: 2), isClearedByLegal: chance(2),
      allowsOnwardSharing: chance(2), isRevoked: chance(6))
  }

  mutating func glass(_ subject: Subject, _ ids: [RecordID]?) -> BreakGlass {
    BreakGlass(
      principal: chance(4) ? id() : subject.principal, caseID: ids.map { one(of: $0) } ?? id(), period: times(),
      hasReason: !chance(5), notified: many(4) { $0.id() })
  }

  mutating func lockdown() -> Lockdown {
    Lockdown(mission: chance(4) ? nil : party(), mode: chance(3) ? .readOnly : .sealed, period: times())
  }

  mutating func request() -> AccessRequest {
    AccessRequest(
      context(), action: one(of: Action.allCases), classes: some(oneIn: 8),
      gate: chance(4) ? one(of: DataClass.allCases) : .core, resource: caseFacts())
  }
}
