import AIP
import Audit
import Crypto
import GRPCCore
import MerkleTree
import Policy
import Postgres
import Records
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("The log, for those who may read it", .serialized)
struct AuditServiceTests {
  @Test("an act is recorded with the act, and only with it")
  func acts() async throws {
    try await AccessHarness.run { harness in
      let auditor = try await harness.auditor()
      let made = try await harness.organisation("KEN", .state) { $0.reason = "Note verbale 12/2026" }
      _ = try await harness.organisation("MLI", .state) { $0.validateOnly = true }
      _ = try await failure { try await harness.organisation("NER", .state, as: AccessHarness.officerURI) }
      try await harness.untilLogged()
      let entries = try await harness.entries(as: auditor, filter: "resource = '\(made.name)'")
      let entry = try #require(entries.first)
      #expect(entries.count == 1)
      #expect(entry.method == "vigil.access.v1.DirectoryService/CreateOrganisation" && entry.service == "access")
      #expect(entry.party == "OPERATOR" && entry.principal.hasPrefix("principals/"))
      #expect(entry.allowed && entry.policyVersion == 1 && entry.eventTime == harness.time.now)
      // The reason is not in the log, its hash is.
      #expect(!String(decoding: entry.leaf, as: UTF8.self).contains("Note verbale"))
      let act = try #require(try await harness.pool.execute(SelectActDigest(resource: made.name)).first)
      #expect(Array(entry.detailsHash) == act)
      // The bootstrap is there too, as nobody's act; and nothing else than what was done.
      let acts = try await harness.count("acts")
      let all = try await harness.entries(as: auditor, filter: "service = access")
      #expect(all.filter { !$0.detailsHash.isEmpty }.count == Int(acts))
      #expect(all.first?.method == "vigil.access/bootstrap" && all.first?.principal.isEmpty == true)
    }
  }

  @Test("an auditor sees all, a State its own, an operator hashes, others nothing")
  func sights() async throws {
    try await AccessHarness.run { harness in
      let auditor = try await harness.auditor()
      let (_, kenya) = try await harness.state("KEN")
      let (_, mali) = try await harness.state("MLI")
      _ = try await harness.collect(reads(0..<5).map(\.encoded), from: 0)
      for uri in [kenya, mali] { _ = try await harness.entries(as: uri) }
      try await harness.untilLogged()
      let all = try await harness.entries(as: auditor)
      #expect(Set(all.map(\.party)).isSuperset(of: ["KEN", "MLI", "OPERATOR", "OROLSI", ""]))
      #expect(all.map(\.index) == (0..<Int64(all.count)).map(\.self))
      // Reading has left entries of its own since.
      let own = try await harness.entries(as: kenya)
      try #require(own.count >= 6)
      #expect(own.allSatisfy { $0.party == "KEN" })
      #expect(own.map(\.partySequence) == (0..<Int64(own.count)).map(\.self))
      #expect(own[5].dataClasses == [.audit] && own[5].purpose == .audit)
      let hashes = try await harness.entries(as: AccessHarness.operatorURI)
      #expect(hashes.count >= all.count)
      for (masked, entry) in zip(hashes, all) {
        #expect(
          masked
            == .with {
              $0.index = entry.index; $0.leafHash = entry.leafHash
            })
      }
      // Nor what proves that something is there.
      let officer = caller(AccessHarness.officerURI)
      for none in [
        try await failure { try await harness.head(as: AccessHarness.officerURI) },
        try await failure { try await harness.audit.getInclusionProof(.init(), metadata: officer) },
        try await failure {
          try await harness.audit.getConsistencyProof(.with { $0.firstTreeSize = 1 }, metadata: officer)
        },
      ] { #expect(none?.code == .permissionDenied) }
      let refused = try await failure { try await harness.entries(as: AccessHarness.officerURI) }
      #expect(refused?.code == .permissionDenied)
      // That it was tried is an entry.
      try await harness.untilLogged()
      let tried = try await harness.entries(as: auditor, filter: "party = OROLSI").last
      #expect(tried?.allowed == false && tried?.method == "vigil.access.v1.AuditService/ListAuditEntries")
    }
  }

  @Test("a State sees how its own people sign in, and no other State does")
  func signIns() async throws {
    try await AccessHarness.run { harness in
      let (system, kenya) = try await harness.state("KEN")
      let (_, mali) = try await harness.state("MLI")
      let person = try await harness.person("asha", of: .with { $0.name = system.organisation })
      let tokens = try await harness.signIn(person)
      _ = try await harness.signIn.signOut(.with { $0.refreshToken = tokens.refreshToken })
      try await harness.untilLogged()
      let filter = "principal = '\(person.principal.name)'"
      let own = try await harness.entries(as: kenya, filter: filter)
      let service = "vigil.access.v1.SignInService/"
      #expect(own.map(\.method) == ["CompleteEnrolment", "SignIn", "SignOut"].map { service + $0 })
      #expect(own.allSatisfy { $0.party == "KEN" && $0.allowed })
      #expect(try await harness.entries(as: mali, filter: filter).isEmpty)
    }
  }

  @Test("nobody filters by what it does not see, and no filter shows another's entries")
  func filters() async throws {
    try await AccessHarness.run { harness in
      let auditor = try await harness.auditor()
      let (principal, kenya) = try await harness.state("KEN")
      _ = try await harness.collect(reads(0..<4).map(\.encoded), from: 0)
      _ = try await harness.entries(as: kenya)
      try await harness.untilLogged()
      func count(_ filter: String, as uri: String) async throws -> Int {
        try await harness.entries(as: uri, filter: filter, pageSize: 2).count
      }
      #expect(try await count("resource = 'cases/1'", as: auditor) == 1)
      #expect(try await count("service = cases AND NOT resource = 'cases/1'", as: kenya) == 3)
      #expect(try await count("principal = '\(principal.name)'", as: kenya) >= 1)
      #expect(try await count("method = '\(AccessHarness.getCase)'", as: kenya) == 4)
      #expect(try await count("event_time < 1970-01-02 AND party = KEN", as: auditor) == 4)
      #expect(try await count("event_time < \"1970-01-01T00:00:00.000002Z\"", as: auditor) == 2)
      let either = "(party = OPERATOR OR index >= 0) AND method = '\(AccessHarness.getCase)'"
      #expect(try await count(either, as: kenya) == 4)
      #expect(try await count("party = OPERATOR", as: kenya) == 0)
      #expect(try await count("index < 2", as: AccessHarness.operatorURI) == 2)
      for filter in ["principal = '\(principal.name)'", "party = KEN", "event_time > 1970-01-01", "method = x"] {
        let refused = try await failure { try await count(filter, as: AccessHarness.operatorURI) }
        #expect(refused?.reason == "INVALID_FILTER", "\(filter)")
      }
      for filter in ["index != 1", "event_time > 'x\"'", "principal = KEN", "leaf = 1", "resource = ''"] {
        let refused = try await failure { try await count(filter, as: auditor) }
        #expect(refused?.reason == "INVALID_FILTER", "\(filter)")
      }
    }
  }

  @Test("heads and proofs verify as a client computes it, for every entry")
  func proofs() async throws {
    try await AccessHarness.run { harness in
      let auditor = try await harness.auditor()
      _ = try await harness.collect(reads(0..<30).map(\.encoded), from: 0)
      try await harness.untilLogged()
      let head = try #require(try await harness.head(as: auditor).signed)
      for index in 0..<Int64(head.head.size) {
        let entry = try #require(try await harness.entries(as: auditor, filter: "index = \(index)").first)
        let proof = try await harness.audit.getInclusionProof(
          .with {
            $0.index = index; $0.treeSize = Int64(head.head.size)
          }, metadata: caller(auditor))
        let leaf = TreeHash.leaf(entry.leaf)
        #expect(proof.proof?.verifies(leaf: leaf, root: head.head.root) == true)
      }
      _ = try await harness.collect(reads(30..<33).map(\.encoded), from: 30)
      try await harness.untilLogged()
      let later = try await harness.head(as: auditor)
      let proof = try await harness.audit.getConsistencyProof(
        .with {
          $0.firstTreeSize = Int64(head.head.size); $0.secondTreeSize = later.treeSize
        }, metadata: caller(auditor))
      let root = try #require(later.signed?.head.root)
      #expect(proof.proof?.verifies(firstRoot: head.head.root, secondRoot: root) == true)
      // The head of then is still there.
      let again = try await harness.head(as: auditor, size: Int64(head.head.size))
      #expect(again.signed == head)
      let missing = try await failure { try await harness.head(as: auditor, size: 1_000_000) }
      #expect(missing?.code == .notFound)
    }
  }

  @Test("an entry of another is as one that is not there")
  func othersProofs() async throws {
    try await AccessHarness.run { harness in
      let (_, kenya) = try await harness.state("KEN")
      _ = try await harness.collect(reads(0..<1).map(\.encoded), from: 0)
      try await harness.untilLogged()
      func proof(_ index: Int64, as uri: String) async throws -> PBInclusionProof {
        try await harness.audit.getInclusionProof(.with { $0.index = index }, metadata: caller(uri))
      }
      let own = try await harness.entries(as: kenya).map(\.index)
      let foreign = try #require((0..<100).first { !own.contains($0) })
      let first = try #require(own.first)
      #expect(try await proof(first, as: kenya).path.isEmpty == false)
      let others = try await failure { try await proof(foreign, as: kenya) }
      let nobodys = try await failure { try await proof(1_000_000, as: kenya) }
      #expect(others?.code == .notFound && others == nobodys)
      #expect(try await proof(foreign, as: AccessHarness.operatorURI).path.isEmpty == false)
      let bad = try await failure { try await proof(-1, as: kenya) }
      #expect(bad?.code == .invalidArgument)
    }
  }

  @Test("bad sizes are refused")
  func badSizes() async throws {
    try await AccessHarness.run { harness in
      try await harness.untilLogged()
      let uri = AccessHarness.operatorURI
      for (first, second) in [(0, 0), (-1, 0), (1, -1), (1_000_000, 0), (1, 1_000_000), (3, 2)] as [(Int64, Int64)] {
        let refused = try await failure {
          try await harness.audit.getConsistencyProof(
            .with {
              $0.firstTreeSize = first; $0.secondTreeSize = second
            }, metadata: caller(uri))
        }
        #expect(refused?.code == .invalidArgument, "\(first) \(second)")
      }
      for size in [-1, 1_000_000] as [Int64] {
        let refused = try await failure { try await harness.export(as: uri, known: size) }
        #expect(refused?.code == .invalidArgument)
      }
      let small = try await failure {
        try await harness.audit.getInclusionProof(
          .with {
            $0.index = 3; $0.treeSize = 3
          }, metadata: caller(uri))
      }
      #expect(small?.code == .invalidArgument)
    }
  }

  @Test("a bundle of more than a page verifies, of the log, of a State, of hashes")
  func bundles() async throws {
    try await AccessHarness.run { harness in
      let auditor = try await harness.auditor()
      let (_, kenya) = try await harness.state("KEN")
      let known = try await harness.head(as: auditor)
      _ = try await harness.collect(reads(0..<1203).map(\.encoded), from: 0)
      try await harness.untilLogged()
      let keys = try await harness.auditKeys()
      let whole = try verified(
        try await harness.export(as: auditor, known: known.treeSize), by: keys, known: known)
      #expect(whole.scope == .log && whole.entries == whole.head.size && whole.entries > 1203)
      let own = try verified(try await harness.export(as: kenya), by: keys)
      #expect(own.scope == PartyID("KEN").map { .party($0) } && own.entries >= 1203)
      let some = try verified(
        try await harness.export(as: kenya, filter: "resource = 'cases/7'"), by: keys, extent: .selection)
      #expect(some.scope == .selection && some.entries == 1)
      #expect(try verified(try await harness.export(as: AccessHarness.operatorURI), by: keys).scope == .log)
    }
  }

  @Test("the log is signed anew while nothing happens, and with a new key from when there is one")
  func signedAnew() async throws {
    try await AccessHarness.run { harness in
      let auditor = try await harness.auditor()
      try await harness.untilLogged()
      let log = AuditLog(pool: harness.pool, vault: AccessHarness.vault, clock: harness.time.clock)
      let before = try await harness.head(as: auditor)
      try await log.signAnew(olderThan: .seconds(60))
      #expect(try await harness.head(as: auditor) == before)
      harness.time.advance(61)
      try await log.signAnew(olderThan: .seconds(60))
      let fresh = try await harness.head(as: auditor)
      #expect(fresh.treeSize == before.treeSize && fresh.rootHash == before.rootHash)
      #expect(fresh.signTime.seconds == before.signTime.seconds + 61)
      let pinned = try await harness.auditKeys()
      try await harness.pool.execute(
        try InsertAuditKey(key: AuditSigningKey(number: 2, key: .init()), sealedBy: AccessHarness.vault))
      harness.time.advance(61)
      try await log.signAnew(olderThan: .seconds(60))
      let parts = try await harness.export(as: auditor, known: before.treeSize)
      #expect(throws: AuditFault.self) { try verified(parts, by: pinned) }
      let both = try await harness.auditKeys()
      #expect(throws: Never.self) { try verified(parts, by: both, known: before) }
    }
  }

  @Test(arguments: ["audit_entries", "audit_nodes", "audit_heads"])
  func nothingIsRewritten(_ table: String) async throws {
    try await AccessHarness.run { harness in
      for sql in ["DELETE FROM \(table)", "UPDATE \(table) SET \(table == "audit_heads" ? "size" : "index") = 0"] {
        await #expect(throws: PostgresError.self) { try await harness.pool.execute(Statement(sql: sql)) }
      }
    }
  }
}

/// The hash of an act as it is on record now.
struct SelectActDigest: PostgresStatement {
  static let isReadOnly = true
  var resource: String
  var sql: String { "SELECT id, reason, result FROM acts WHERE resource = $1" }
  func bind(_ parameters: inout PostgresParameters) { parameters.append(resource) }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] {
    let (id, reason, result): (RecordID, String, [UInt8]) = (try row.decode(), try row.decode(), try row.decode())
    return InsertAct(
      id: id, time: .distantPast, principal: nil, method: "", resource: "", reason: reason, result: result
    ).digest
  }
}
