import Policy
import Testing

/// What is streamed to services, and what they do when the stream stops.
@Suite struct SnapshotTests {
  private func snapshot(_ sequence: UInt64 = 1, at seconds: Int64 = 0) throws -> PolicySnapshot {
    PolicySnapshot(
      sequence: sequence, issuedAt: Scenario.now.advanced(bySeconds: seconds), policy: try Policy.standard(),
      lockdowns: [
        Lockdown(mission: nil, mode: .readOnly), Lockdown(mission: try Scenario.party("minusma"), mode: .sealed),
      ],
      grants: [
        try Scenario.grant([.exact, .core], cleared: true) {
          $0.lifts = [.opsec]
          $0.conditions = [.fairTrial]
          $0.fulfilled = [.fairTrial, .dueDiligence]
          $0.allowsOnwardSharing = true
        },
        try Scenario.grant([], to: "NGA") {
          $0.principal = Scenario.id(5)
          $0.isRevoked = true
        },
      ],
      emergencies: [
        BreakGlass(
          principal: Scenario.person, caseID: Scenario.thisCase, period: .always, hasReason: true,
          notified: [Scenario.id(1), Scenario.id(2)]),
        BreakGlass(
          principal: Scenario.person, caseID: Scenario.thisCase, period: .always, hasReason: false, notified: [],
          isRevoked: true),
      ],
      principals: [
        Enrolment(
          .certificate("spiffe://vigil.local/client/ken"),
          period: Period(from: Scenario.now, until: Scenario.now.advanced(bySeconds: 60)),
          subject: Subject(
            principal: Scenario.person, party: try Scenario.party("KEN"),
            roles: [
              RoleAssignment(.hostState),
              RoleAssignment(.missionFocalPoint, scope: try Scenario.party("minusma"), period: .always),
            ], clearance: .confidential)),
        Enrolment(
          .token("a b#c%d\u{FC}\u{A0}"),
          subject: Subject(
            principal: Scenario.id(7), party: try Scenario.party("KEN"), roles: [],
            delegations: [
              Delegation(
                from: Scenario.person, to: Scenario.id(7), party: try Scenario.party("KEN"),
                readers: [.hostState, .missionFocalPoint], delegatorRoles: [RoleAssignment(.hostState)],
                period: .always)
            ], clearance: .strictlyConfidential)),
      ],
      holds: [CaseHold(caseID: Scenario.thisCase, embargo: Embargo(.nextOfKin))],
      revokedCertificates: Set(["1f", "c0ffee"].compactMap { RevokedCertificate($0) }))
  }

  @Test func theCanonicalTextIsTheSnapshot() throws {
    let text = try snapshot().canonicalText
    let read = try PolicySnapshot(text: text)
    #expect(read.canonicalText == text)
    #expect(read.policy == (try snapshot().policy) && read.sequence == 1 && read.issuedAt == Scenario.now)
    #expect(Set(read.grants) == Set(try snapshot().grants))
    #expect(Set(read.emergencies) == Set(try snapshot().emergencies))
    #expect(Set(read.lockdowns) == Set(try snapshot().lockdowns))
    #expect(Set(read.principals) == Set(try snapshot().principals))
    #expect(read.holds == (try snapshot().holds))
    #expect(read.revokedCertificates.count == 2 && read.isRevoked(certificate: "1f"))
    #expect(!read.isRevoked(certificate: "1e") && !read.isRevoked(certificate: nil))
  }

  @Test func theOrderOfFactsMakesNoDifference() throws {
    var other = try snapshot()
    other.grants.reverse()
    other.lockdowns.reverse()
    other.principals.reverse()
    #expect(try other.canonicalText == snapshot().canonicalText)
  }

  @Test func generatedSnapshotsReadBack() throws {
    var generator = Generator(seed: 3)
    for _ in 0..<30 {
      let context = generator.context()
      var subject = context.subject
      subject.delegations.removeAll { $0.delegate != subject.principal }
      let snapshot = PolicySnapshot(
        sequence: UInt64.random(in: 0...UInt64.max, using: &generator.random), issuedAt: Scenario.now,
        policy: try generator.policy(), lockdowns: context.environment.lockdowns, grants: context.environment.grants,
        emergencies: context.environment.emergencies,
        principals: [Enrolment(.token("\(generator.id())"), subject: subject)],
        holds: generator.caseFacts().embargoes.map { CaseHold(caseID: Scenario.thisCase, embargo: $0) })
      #expect(try PolicySnapshot(text: snapshot.canonicalText).canonicalText == snapshot.canonicalText)
    }
  }

  static let mistakes: [(String, String, PolicyTextError.Kind)] = [
    ("snapshot 1 ", "# ", .incomplete("snapshot")),
    ("snapshot 1 ", "snapshot -1 ", .unexpectedWord("-1")),
    ("grant ", "grant x", .unexpectedWord("x00000000-0000-0000-0000-00000000012c")),
    (" cleared onward", " onward cleared", .unexpectedWord("cleared")),
    ("lock * ", "lock KE/N ", .unexpectedWord("KE/N")),
    ("lock * readonly", "lock * ajar", .unexpectedWord("ajar")),
    ("revoked-certificate 1f", "revoked-certificate 01f", .unexpectedWord("01f")),
    ("revoked-certificate 1f", "revoked-certificate 1F", .unexpectedWord("1F")),
    ("policy 1", "policy", .missing("version")),
    (" cleared CONFIDENTIAL", " cleared SECRET", .unexpectedWord("SECRET")),
    ("certificate spiffe", "name spiffe", .unexpectedWord("name")),
    ("token a%20", "token a%2", .unexpectedWord("a%2b%23c%25d%C3%BC%C2%A0")),
    ("role HST *", "role KING *", .unexpectedWord("KING")),
    ("hold ", "hold x", .unexpectedWord("x00000000-0000-0000-0000-000000000001")),
    (" NEXT_OF_KIN ", " SECRECY ", .unexpectedWord("SECRECY")),
  ]

  @Test(arguments: mistakes.indices) func aMistakeIsNamed(_ index: Int) throws {
    let (old, new, kind) = Self.mistakes[index]
    let text = try snapshot().canonicalText
    #expect(text.contains(old))
    let error = #expect(throws: PolicyTextError.self) {
      _ = try PolicySnapshot(text: text.replacing(old, with: new, maxReplacements: 1))
    }
    #expect(error?.kind == kind)
  }

  /// The first line is all that a beat changes.
  @Test func aBeatDiffersInItsHead() throws {
    let (first, beat) = (try snapshot(), try snapshot(1, at: 5))
    #expect(first.canonicalFacts == beat.canonicalFacts && first.canonicalHead != beat.canonicalHead)
    let line = beat.canonicalHead.split(separator: "\n")[0]
    let head = try PolicySnapshot.head(line)
    #expect(head.sequence == 1 && head.issuedAt == beat.issuedAt)
    for text in ["", "policy 1", "snapshot 1", line + " more"] {
      #expect(throws: PolicyTextError.self) { _ = try PolicySnapshot.head(Substring(text)) }
    }
    var holder = PolicyGuard(boundInSeconds: 30)
    holder.take(first)
    for (sequence, time): (UInt64, PolicyTime) in [(2, beat.issuedAt), (1, first.issuedAt)] {
      let isRenewed = holder.renew(sequence, issuedAt: time)
      #expect(!isRenewed)
    }
    let isRenewed = holder.renew(1, issuedAt: beat.issuedAt)
    #expect(isRenewed)
    #expect(try holder.current(at: Scenario.now).snapshot == beat)
  }

  // MARK: Staleness

  private func request(at seconds: Int64) throws -> AccessRequest {
    let context = try Scenario.reader(.headquarters).with {
      $0.environment.now = Scenario.now.advanced(bySeconds: seconds)
    }
    return AccessRequest(context, resource: try Scenario.facts())
  }

  @Test func pastTheBoundThereIsNoDecision() throws {
    var holder = PolicyGuard(boundInSeconds: 30)
    #expect(throws: PolicyGuard.Unavailable.noSnapshot) { try holder.decide(request(at: 0)) }
    let first = try snapshot()
    holder.take(first)
    for seconds: Int64 in [-29, 0, 29] { #expect(try holder.decide(request(at: seconds)).effect == .allow) }
    for seconds: Int64 in [30, 31, 1_000_000] {
      #expect(throws: PolicyGuard.Unavailable.stale(sequence: 1, issuedAt: first.issuedAt)) {
        try holder.decide(request(at: seconds))
      }
    }
    #expect(throws: PolicyGuard.Unavailable.early(sequence: 1, issuedAt: first.issuedAt)) {
      try holder.decide(request(at: -30))
    }
    // A beat of the stream makes it good again.
    holder.take(try snapshot(1, at: 20))
    #expect(try holder.decide(request(at: 40)).effect == .allow)
  }

  /// A replayed stream brings back no right.
  @Test func anOlderSnapshotIsLeftAside() throws {
    var holder = PolicyGuard(boundInSeconds: 30)
    holder.take(try snapshot(5))
    for (sequence, seconds): (UInt64, Int64) in [(4, 20), (5, 0), (5, -1)] {
      let isTaken = holder.take(try snapshot(sequence, at: seconds))
      #expect(!isTaken)
    }
    var rolledBack = try snapshot(6)
    rolledBack.policy.version = 0
    let isRolledBack = holder.take(rolledBack)
    #expect(!isRolledBack)
    let isNewerTaken = holder.take(try snapshot(6, at: -1))
    #expect(isNewerTaken)
    #expect(try holder.current(at: Scenario.now).snapshot.sequence == 6)
  }

  @Test func theSnapshotsEmbargoesCountBesideTheCasesOwn() throws {
    var holder = PolicyGuard(boundInSeconds: 30)
    var plain = try snapshot()
    plain.lockdowns = []
    holder.take(plain)
    let request = AccessRequest(try Scenario.reader(.hostState), resource: try Scenario.facts([(.host, "KEN")]))
    #expect(try !holder.decide(request).isCounted)
    plain.sequence = 2
    plain.holds = []
    holder.take(plain)
    #expect(try holder.decide(request).isCounted)
  }

  @Test func theSnapshotsFactsCountNotTheCallers() throws {
    var holder = PolicyGuard(boundInSeconds: 30)
    var plain = try snapshot()
    plain.lockdowns = []
    holder.take(plain)
    var request = AccessRequest(
      try Scenario.reader(.hostState), resource: try Scenario.facts([(.host, "KEN")]))
    #expect(try holder.decide(request).disposition(.exact).transform == .clear, "by the snapshot's grant")
    plain.sequence = 2
    plain.grants = []
    holder.take(plain)
    request.context.environment.grants = [try Scenario.grant([.exact])]
    #expect(try holder.decide(request).disposition(.exact).transform == .drop)
  }
}
