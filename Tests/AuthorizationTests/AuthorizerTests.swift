import AIP
import Authorization
import GRPCCore
import Identity
import Policy
import Testing

/// Who is let in, by the snapshot that is in force.
@Suite struct AuthorizerTests {
  private let time = TestClock()

  private func authorizer(_ change: (inout PolicySnapshot) -> Void = { _ in }) throws -> Authorizer {
    Authorizer(try Register.snapshot(1, change), clock: time.clock)
  }

  @Test func whoIsEnrolledIsKnownByTheCertificate() async throws {
    let authorizer = try authorizer()
    let requester = try await asCaller(Register.kenya) { try authorizer.requester() }
    #expect(requester.principal == Register.id(10) && requester.party == PartyID("KEN"))
    #expect(requester.permittedReaders == [.hostState] && requester.purpose == nil && requester.policyVersion == 1)
    #expect(requester.now == Register.start)
    #expect(throws: Never.self) { try requester.require([.hostState, .headquarters]) }
    #expect(throws: ServiceError.refused) { try requester.require([.headquarters]) }
  }

  @Test func aTokenThatNamesRolesIsOfThoseAndOfNoOthers() throws {
    let authorizer = try authorizer()
    func readers(_ roles: [String]?) throws -> ReaderSet {
      let token = TokenIdentity(principal: Register.id(10), session: Register.id(99), roles: roles)
      return try Caller.$current.withValue(Caller(token: token)) { try authorizer.requester().permittedReaders }
    }
    #expect(try readers(nil) == [.hostState])
    #expect(try readers(["HQ", "HST"]) == [.hostState])
    for roles in [[], ["HQ"], ["hst"], ["nonsense"]] { #expect(try readers(roles).isEmpty) }
  }

  static let strangers = [
    Register.uri("unknown"), Register.uri("stopped"), Register.uri("later"),
    "spiffe://elsewhere.local/client/ken", "spiffe://vigil.local/service/ken",
  ]

  @Test(arguments: strangers) func whoeverIsNotIsRefusedInTheSameWords(_ uri: String) async throws {
    let authorizer = try authorizer()
    #expect(try await refusal { try await asCaller(uri) { try authorizer.requester() } } == .refused)
  }

  @Test func nobodyIsAskedToShowACertificate() async throws {
    let authorizer = try authorizer()
    let refused = try await refusal { try await asCaller(nil) { try authorizer.requester() } }
    #expect(refused?.code == .unauthenticated && refused?.reason == .credentialsMissing)
  }

  /// What is known to begin or to end takes effect without another snapshot.
  @Test func periodsCountByTheClock() async throws {
    let authorizer = try authorizer {
      $0.principals[0].period.until = Register.start.advanced(bySeconds: 20)
      $0.principals[1].subject.roles[0].period.until = Register.start.advanced(bySeconds: 20)
    }
    func isKnown(_ uri: String) async throws -> Bool {
      try await refusal { try await asCaller(uri) { try authorizer.requester() } } == nil
    }
    #expect(try await isKnown(Register.kenya))
    #expect(try await !isKnown(Register.uri("later")))
    time.advance(10)
    #expect(try await isKnown(Register.uri("later")))
    time.advance(10)
    #expect(try await !isKnown(Register.kenya))
    let officer = try await asCaller(Register.officer) { try authorizer.requester() }
    #expect(officer.permittedReaders.isEmpty)
  }

  @Test func withoutAFreshPolicyNobodyIsLetIn() async throws {
    func answer(_ authorizer: Authorizer) async throws -> ServiceError? {
      try await refusal { try await asCaller(Register.kenya) { try authorizer.requester() } }
    }
    let empty = try await answer(Authorizer(clock: time.clock))
    #expect(empty?.code == .unavailable && empty?.reason == .policyUnavailable)
    let authorizer = try authorizer()
    time.advance(29)
    #expect(try await answer(authorizer) == nil)
    time.advance(1)
    let stale = try await answer(authorizer)
    #expect(stale?.code == .unavailable && stale?.reason == .policyUnavailable)
    // A stranger is not told anything else.
    let stranger = try await refusal { try await asCaller(Register.uri("unknown")) { try authorizer.requester() } }
    #expect(stranger == stale)
    #expect(authorizer.take(try Register.snapshot(1, at: 30)))
    #expect(try await answer(authorizer) == nil)
    time.advance(-61)
    #expect(try await answer(authorizer)?.reason == .policyUnavailable)
  }

  // MARK: Decisions

  @Test func aDecisionIsThatOfThePolicyWithTheSnapshotsGrantsAndEmbargoes() async throws {
    let facts = try Register.facts()
    let grant = try Register.grant()
    func exact(_ authorizer: Authorizer, for purpose: Purpose?) async throws -> Transform {
      try await CallPurpose.$current.withValue(purpose) {
        let requester = try await asCaller(Register.kenya) { try authorizer.requester() }
        return requester.decide(facts).disposition(.exact).transform
      }
    }
    #expect(try await exact(self.authorizer(), for: .prosecution) == .drop)
    let granted = try authorizer { $0.grants = [grant] }
    #expect(try await exact(granted, for: .prosecution) == .clear)
    #expect(try await exact(granted, for: nil) == .drop, "a grant is for one purpose")
    let held = try authorizer { $0.holds = [CaseHold(caseID: Register.thisCase, embargo: Embargo(.nextOfKin))] }
    let free = try await asCaller(Register.kenya) { try self.authorizer().requester() }
    let waiting = try await asCaller(Register.kenya) { try held.requester() }
    #expect(free.decide(facts).isCounted && !waiting.decide(facts).isCounted)
    #expect(waiting.decide(.nowhere(Register.id(2))).isVisible == false)
    let officer = try await asCaller(Register.officer) { try held.requester() }
    #expect(officer.decide(facts, .write, [.core]).effect == .allow)
    #expect(waiting.decide(facts, .write, [.core]).effect == .deny)
  }

  @Test func aListShowsWhatADecisionShows() async throws {
    let authorizer = try authorizer()
    for (uri, visible) in [(Register.kenya, [true, false]), (Register.officer, [true, true])] {
      let requester = try await asCaller(uri) { try authorizer.requester() }
      let cases = [try Register.facts(), .nowhere(Register.id(2))]
      #expect(cases.map { requester.decide($0).isVisible } == visible)
      #expect(cases.map { requester.predicate().holds(for: $0) } == visible)
    }
  }
}
