import AIP
import Authorization
import GRPCCore
import Logging
import Policy
import Postgres
import Records
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilFeedAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("The change feed")
struct FeedTests {
  @Test("every change is told once, in order, from wherever one goes on")
  func resumed() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.draft().name
      _ = try await harness.transition(name, to: .triage)
      try await harness.suspect(of: name)
      try await harness.communication(of: name, .outgoing, .notification)
      let proceeding = try await harness.proceeding(of: name)
      try await harness.fact(of: proceeding.name, .charge)
      let track = try await harness.track(of: name, proceeding: proceeding.name)
      _ = try await harness.transition(name, to: .open)
      try await harness.assert(.acknowledged, of: track.name)
      _ = try await harness.close(name, .enteredInError)
      let first = try await harness.changes()
      #expect(
        first.changes.map { $0.text(of: name) } == [
          "created case", "changed case", "changed suspects", "changed communications", "changed progress",
          "changed progress", "changed progress", "changed case", "changed progress", "changed decisions",
        ])
      #expect(first.nextPageToken.isEmpty)
      let etag = try await harness.get(name).etag
      #expect(!etag.isEmpty && first.changes.allSatisfy { $0.etag == etag && $0.hasChangeTime })

      // However small the pages are.
      var (pages, token) = ([PBChange](), "")
      repeat {
        let page = try await harness.changes(from: token, pageSize: 3)
        #expect(page.nextPageToken.isEmpty || page.changes.count == 3)
        pages += page.changes
        token = page.nextPageToken
      } while !token.isEmpty
      #expect(pages == first.changes)

      #expect(try await harness.told(from: first.cursor).isEmpty)
      try await harness.communication(of: name, .incoming, .update)
      let next = try await harness.changes(from: first.cursor)
      #expect(next.changes.map { $0.text(of: name) } == ["changed communications"])
      #expect(try await harness.told(from: next.cursor).isEmpty)
      // What was asked for and not kept is not told.
      _ = try await failure { try await harness.transition(name, to: .draft) }
      #expect(try await harness.told(from: next.cursor).isEmpty)
    }
  }

  /// A change of a case, in whatever transaction.
  private struct Touch: PostgresStatement {
    typealias Row = Never
    var name: String
    var sql: String {
      """
      UPDATE cases SET source_classification = source_classification || 'x' WHERE id = '\(name.dropFirst(6))'
      """
    }
  }

  @Test("what is committed later is told later, and nothing is passed over, however transactions overlap")
  func overlapping() async throws {
    try await ProgressHarness.run { harness in
      let (one, other) = (try await harness.draft().name, try await harness.draft().name)
      let start = try await harness.changes().cursor
      let cursor = try await harness.pool.withTransaction { transaction in
        _ = try await transaction.execute(SetScope(scope: .everything), Touch(name: one))
        // Begun later, ended earlier.
        try await harness.pool.withTransaction { later in
          _ = try await later.execute(SetScope(scope: .everything), Touch(name: other))
        }
        let between = try await harness.feed.listChanges(
          .with { $0.pageToken = start }, metadata: Person.officer.metadata)
        #expect(between.changes.isEmpty && between.nextPageToken.isEmpty)
        return between.cursor
      }
      #expect(try await harness.told(from: cursor) == ["changed case \(one)", "changed case \(other)"])
      #expect(try await harness.told(from: start) == ["changed case \(one)", "changed case \(other)"])
    }
  }

  @Test("a State is told of changes to what it sees, and learns nothing of others")
  func filtered() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.draft().name
      _ = try await harness.transition(name, to: .triage)
      let nobody = try await harness.changes(as: .stranger)
      #expect(nobody.changes.isEmpty && nobody.nextPageToken.isEmpty)
      // The host is not told when the case was changed, and so of no etag.
      let host = try await harness.changes(as: .prosecutor)
      #expect(host.changes.map { $0.text(of: name) } == ["created case", "appeared case"])
      let officer = try await harness.changes()
      #expect(host.cursor.utf8.count == officer.cursor.utf8.count)
      #expect(nobody.cursor.utf8.count == officer.cursor.utf8.count)

      // A victim whose kin do not know is headquarters' alone; the count of it is nobody else's either.
      let soldier = PBVictim.with {
        $0.category = .milContingent
        $0.harm = .killed
        $0.nationalities = ["XAA"]
        $0.contributingState = "XAA"
        $0.person = "Name One"
      }
      let made = try await harness.victim(of: name, soldier)
      #expect(try await harness.told(from: officer.cursor, of: name) == ["changed victims"])
      #expect(try await harness.told(from: host.cursor, as: .prosecutor, of: name).isEmpty)
      #expect(try await harness.told(from: nobody.cursor, as: .stranger, of: name).isEmpty)
      let known = try await harness.changes(from: officer.cursor)
      _ = try await harness.update(made.name, ["kin_notified_date"]) {
        $0.kinNotifiedDate = ProgressHarness.day(2020, 5, 12)
      }
      #expect(try await harness.told(from: known.cursor, of: name) == ["changed victims"])
      let free = try await harness.changes(from: host.cursor, as: .prosecutor)
      #expect(free.changes.map { $0.text(of: name) } == ["changed victims"])

      // The host reads nothing of the body, and is not told that there is something.
      _ = try await harness.update(made.name, ["medical_note"]) { $0.medicalNote = "Wound" }
      #expect(try await harness.told(from: free.cursor, as: .prosecutor).isEmpty)
      #expect(try await harness.told(as: .contributor, of: name).last == "changed victims")
      #expect(try await harness.told(from: nobody.cursor, as: .stranger).isEmpty)
    }
  }

  @Test("what a State proposes is told to it and to those who may accept it")
  func proposals() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      var cursors: [Person: String] = [:]
      let readers = [Person.officer, .prosecutor, .contributor]
      for person in readers { cursors[person] = try await harness.changes(as: person).cursor }
      let proposal = try await harness.propose(name) {
        $0.suspect.alias = "Alpha"
        $0.suspect.status = .identified
      }
      var told: [Person: [String]] = [:]
      for person in readers {
        told[person] = try await harness.told(from: cursors[person] ?? "", as: person, of: name)
      }
      #expect(told == [.officer: ["changed proposals"], .prosecutor: ["changed proposals"], .contributor: []])
      // So with what two persons decide.
      _ = try await harness.refuse(proposal.name, as: .officer)
      let closing = try await harness.changes(as: .prosecutor).cursor
      _ = try await harness.close(name, .enteredInError)
      #expect(try await harness.told(from: closing, as: .prosecutor).isEmpty)
    }
  }

  @Test("a case that a fact brings into sight appears, and one that a fact takes out of it is withdrawn")
  func sight() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let court = try await harness.changes(as: .foreignCourt)
      #expect(court.changes.isEmpty)
      try await harness.proceeding(of: name, .thirdState, of: "XBB")
      #expect(try await harness.told(from: court.cursor, as: .foreignCourt, of: name) == ["appeared progress"])

      // Above the contributor's clearance. Who never saw the case is told nothing.
      let before = try await harness.changes(as: .contributor).cursor
      let stranger = try await harness.changes(as: .stranger).cursor
      _ = try await harness.classify(name, .strictlyConfidential)
      let after = try await harness.changes(from: before, as: .contributor)
      #expect(after.changes.map { $0.text(of: name) } == ["withdrawn"] && after.changes[0].etag.isEmpty)
      #expect(try await harness.told(from: stranger, as: .stranger).isEmpty)
      try await harness.suspect(of: name)
      #expect(try await harness.told(from: after.cursor, as: .contributor).isEmpty)
      let lowering = try await harness.classify(name, .confidential)
      _ = try await harness.decide(.confirmed, lowering.name)
      #expect(
        try await harness.told(from: after.cursor, as: .contributor, of: name) == ["changed suspects", "appeared case"])

      // The relation itself ends.
      let last = try await harness.changes(as: .contributor).cursor
      try await harness.run("UPDATE victims SET withdrawn = true WHERE case_id = '\(name.dropFirst(6))'")
      #expect(try await harness.told(from: last, as: .contributor, of: name) == ["withdrawn"])
    }
  }

  @Test("rights that change as a whole are told of, where the cursor is from before; embargoes to those who feel them")
  func rights() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let id = try CaseName(parsing: name).id
      let readers = [Person.prosecutor, .stranger]
      func cursors() async throws -> [Person: String] {
        var cursors: [Person: String] = [:]
        for person in readers { cursors[person] = try await harness.changes(as: person).cursor }
        return cursors
      }
      var before = try await cursors()
      func told(by person: Person) async throws -> [String] {
        try await harness.told(from: before[person] ?? "", as: person, of: name)
      }
      // What changes nothing for them is not told.
      try harness.decide { _ in }
      #expect(try await told(by: .prosecutor).isEmpty)
      try harness.decide { $0.holds = [CaseHold(caseID: id, embargo: Embargo(.nextOfKin))] }
      #expect(try await told(by: .prosecutor) == ["rightsChanged"])
      #expect(try await told(by: .stranger).isEmpty)
      before = try await cursors()
      #expect(try await told(by: .prosecutor).isEmpty)
      try harness.decide { snapshot in
        for index in snapshot.principals.indices where snapshot.principals[index].subject.party.description == "EGY" {
          snapshot.principals[index].subject.roles = [RoleAssignment(.forumState)]
        }
      }
      #expect(try await told(by: .prosecutor) == ["rightsChanged"])
      #expect(try await told(by: .stranger).isEmpty)
    }
  }

  @Test("what is old enough is compacted to creations, and older cursors are refused")
  func compacted() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let old = try await harness.changes().cursor
      let beginning = try await harness.changes(pageSize: 1)
      try await harness.suspect(of: name)
      let quiet = FeedCompaction(pool: harness.pool, retention: .seconds(3600), logger: Logger(label: "test"))
      try await quiet.compact()
      #expect(try await harness.told(from: old, of: name) == ["changed suspects"])
      try await harness.run(
        "SET session_replication_role = replica; UPDATE case_changes SET change_time = now() - interval '2 hours'")
      try await quiet.compact()
      for cursor in [old, beginning.cursor] {
        let refused = try await failure { try await harness.changes(from: cursor) }
        #expect(refused?.code == .outOfRange && refused?.reason == "CHANGES_COMPACTED")
      }
      let anew = try await harness.changes()
      #expect(anew.changes.map { $0.text(of: name) } == ["created case"])
      #expect(try await harness.count("case_changes") == 1)
      try await harness.communication(of: name, .incoming, .update)
      #expect(try await harness.told(from: anew.cursor, of: name) == ["changed communications"])
      // Again, with nothing to do.
      try await quiet.compact()
      #expect(try await harness.told(from: anew.cursor, of: name) == ["changed communications"])
      // A reading from the beginning goes on as long as nothing is compacted under it.
      let page = try await harness.changes(pageSize: 1)
      #expect(try await harness.told(from: page.nextPageToken, of: name) == ["changed communications"])
    }
  }

  @Test("a cursor is its consumer's, and of nothing else")
  func cursors() async throws {
    try await ProgressHarness.run { harness in
      for _ in 0..<2 { _ = try await harness.draft() }
      let cursor = try await harness.changes().cursor
      let list = try await harness.cases.listCases(.with { $0.pageSize = 1 }, metadata: Person.officer.metadata)
      #expect(!list.nextPageToken.isEmpty)
      var altered = Array(cursor.utf8)
      altered[20] = altered[20] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      let bad: [(String, Person, String)] = [
        (cursor, .secondOfficer, "PAGE_TOKEN_MISMATCH"), (cursor, .prosecutor, "PAGE_TOKEN_MISMATCH"),
        (list.nextPageToken, .officer, "PAGE_TOKEN_MISMATCH"), ("x", .officer, "INVALID_PAGE_TOKEN"),
        (String(decoding: altered, as: UTF8.self), .officer, "INVALID_PAGE_TOKEN"),
        (String(cursor.dropLast(4)), .officer, "INVALID_PAGE_TOKEN"),
      ]
      for (cursor, person, reason) in bad {
        let listed = try await failure { try await harness.changes(from: cursor, as: person) }
        #expect(listed?.code == .invalidArgument && listed?.reason == reason)
        let watched = try await failure {
          try await harness.watching(from: cursor, as: person) { try await $0.next()?.cursor }
        }
        #expect(watched?.code == .invalidArgument && watched?.reason == reason)
      }
      let request = try await failure { try await harness.changes(pageSize: -1) }
      #expect(request?.code == .invalidArgument)
      #expect(try await failure { try await harness.feed.listChanges(.init()) }?.code == .unauthenticated)
    }
  }
}
