import Authorization
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import Synchronization
import Testing
import VigilCasesAPI
import VigilFeedAPI

@testable import CasesServer

@Suite("Following the change feed")
struct WatchTests {
  @Test("what there is comes first, then what is made, then how far was looked")
  func live() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.draft().name
      let start = try await harness.changes().cursor
      try await harness.suspect(of: name)
      let last = try await harness.watching(from: start) { messages in
        #expect(try await messages.changes().map { $0.text(of: name) } == ["changed suspects"])
        try await harness.communication(of: name, .incoming, .update)
        #expect(try await messages.changes().map { $0.text(of: name) } == ["changed communications"])
        let beat = try await messages.next()
        #expect(beat?.changes.isEmpty == true)
        return messages.cursor
      }
      #expect(try await harness.told(from: last).isEmpty)
      // From now: where one is is told at once.
      try await harness.watching { messages in
        #expect(try await messages.next()?.changes.isEmpty == true)
        try await harness.suspect(of: name, "Beta")
        #expect(try await messages.changes().map { $0.text(of: name) } == ["changed suspects"])
      }
    }
  }

  @Test("one who is told nothing gets on all the same")
  func quiet() async throws {
    try await ProgressHarness.run { harness in
      try await harness.watching(as: .stranger) { messages in
        _ = try await messages.next()
        let name = try await harness.draft().name
        _ = try await harness.transition(name, to: .triage)
        #expect(try await harness.count("case_changes") > 1)
        try await harness.settle()
        try await harness.run(
          "UPDATE feed_horizon SET (xact, id) = (SELECT xact, id FROM case_changes ORDER BY xact DESC, id DESC LIMIT 1)"
        )
        // It moves on until it is behind nothing that is compacted.
        while try await failure({ try await harness.changes(from: messages.cursor, as: .stranger) }) != nil {
          #expect(try await messages.next()?.changes.isEmpty == true)
        }
        #expect(try await harness.told(from: messages.cursor, as: .stranger).isEmpty)
      }
    }
  }

  @Test("nothing is lost and nothing doubled by whoever is cut off and comes back, while transactions overlap")
  func reconnected() async throws {
    try await ProgressHarness.run { harness in
      var cursor = try await harness.watching { messages in
        _ = try await messages.next()
        return messages.cursor
      }
      let count = 120
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<4 {
          group.addTask {
            for number in 0..<count / 4 {
              try await harness.pool.withTransaction { transaction in
                _ = try await transaction.execute(
                  SetScope(scope: .everything), InsertBareCase(number: writer * 1000 + number + 1))
                // Some end in another order than they began.
                if number % 3 == 0 { _ = try await transaction.execute(Pause()) }
              }
            }
          }
        }
        var names: [String] = []
        var round = 0
        while names.count < count {
          round += 1
          let most = round % 5 + 1
          (cursor, names) = try await harness.watching(from: cursor) { [cursor, names] messages in
            var (cursor, names) = (cursor, names)
            for _ in 0..<most where names.count < count {
              guard let message = try await messages.next() else { break }
              names += message.changes.map(\.case)
              cursor = message.cursor
            }
            return (cursor, names)
          }
        }
        try await group.waitForAll()
        #expect(names.count == count && Set(names).count == count)
      }
      #expect(try await harness.told(from: cursor).isEmpty)
    }
  }

  @Test("a stream ends with the right to it, and tells at once when rights change")
  func rights() async throws {
    try await ProgressHarness.run { harness in
      let name = try await harness.openCase()
      let ended = try await failure {
        try await harness.watching(as: .prosecutor) { messages in
          _ = try await messages.next()
          try harness.decide { snapshot in
            for index in snapshot.principals.indices where snapshot.principals[index].subject.party.description == "EGY"
            {
              snapshot.principals[index].subject.roles = []
            }
          }
          #expect(try await messages.changes().map { $0.text(of: name) } == ["rightsChanged"])
          try await harness.suspect(of: name)
          _ = try await messages.next()
          harness.advance(1, without: .prosecutor)
          #expect(try await messages.changes().isEmpty)
        }
      }
      #expect(ended?.code == .permissionDenied)
    }
  }

  @Test("a consumer that is slow holds nothing up but itself: one message at a time, none longer than a reading")
  func slow() async throws {
    try await ProgressHarness.run { harness in
      try await harness.fill(ChangeFeed.window * 2 + 10)
      let cursor = try await harness.changes(pageSize: 1).cursor
      let sizes = try await harness.watching(from: cursor) { messages in
        var sizes: [Int] = []
        while sizes.reduce(0, +) < ChangeFeed.window * 2 + 9 {
          sizes.append(try await messages.changes().count)
        }
        return sizes
      }
      #expect(sizes == [ChangeFeed.window, ChangeFeed.window, 9])
    }
  }
}

/// A case of little, in a transaction of one's own.
private struct InsertBareCase: PostgresStatement {
  typealias Row = Never
  var number: Int

  var sql: String {
    """
    INSERT INTO cases (id, display_number, mission_id, incident_date, number, act, state, victim_count, host_states, \
    host_states_reviewed, create_time, update_time) \
    VALUES (gen_random_uuid(), 'B-' || $1, 'untso', 20200510, $1, 1, 1, 0, '{}', false, now(), now())
    """
  }

  func bind(_ parameters: inout PostgresParameters) { parameters.append(Int32(number)) }
}

/// Holds a transaction open.
private struct Pause: PostgresStatement {
  var sql: String { "SELECT pg_sleep(0.02)::text" }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> Bool { true }
}
