import Authorization
import GRPCCore
import GRPCInProcessTransport
import Policy
import PolicyPostgres
import Postgres
import Records
import SwiftProtobuf
import Synchronization
import Testing
import VigilCasesAPI
import VigilFeedAPI

@testable import CasesServer

// Short forms of calls of the change feed.
extension ProgressHarness {
  var feed: PBFeedService.Client<InProcessTransport.Client> { PBFeedService.Client(wrapping: client) }

  func changes(
    from cursor: String = "", as person: Person = .officer, pageSize: Int32 = 0
  ) async throws -> PBListChangesResponse {
    try await settle()
    let request = PBListChangesRequest.with {
      $0.pageToken = cursor
      $0.pageSize = pageSize
    }
    return try await feed.listChanges(request, metadata: person.metadata)
  }

  /// Returns when no transaction of the cluster, which other tests share, holds the feed up.
  func settle() async throws {
    while try await pool.execute(SelectFeedEnd()).first?.heldBack != nil { try await Task.sleep(for: .milliseconds(5)) }
  }

  /// The kinds of changes since a cursor, each with its parts and the case if it is not that one.
  func told(
    from cursor: String = "", as person: Person = .officer, of name: String = ""
  ) async throws -> [String] {
    try await changes(from: cursor, as: person).changes.map { $0.text(of: name) }
  }

  /// Watches while `body` runs.
  func watching<Result>(
    from cursor: String = "", as person: Person = .officer,
    _ body: (inout Messages) async throws -> Result
  ) async throws -> Result {
    let (stream, continuation) = AsyncThrowingStream.makeStream(of: PBWatchChangesResponse.self)
    let request = PBWatchChangesRequest.with { $0.cursor = cursor }
    let stop = Stop()
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do {
          try await feed.watchChanges(request, metadata: person.metadata) { response in
            for try await message in response.messages {
              // A call in one process ends when its client returns, not when it is cancelled.
              if stop.isCalled.load(ordering: .relaxed) { return }
              continuation.yield(message)
            }
          }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
      defer { stop.isCalled.store(true, ordering: .relaxed) }
      var messages = Messages(iterator: stream.makeAsyncIterator())
      return try await body(&messages)
    }
  }

  private final class Stop: Sendable {
    let isCalled = Atomic(false)
  }

  struct Messages {
    fileprivate var iterator: AsyncThrowingStream<PBWatchChangesResponse, any Error>.Iterator
    /// Of the last message.
    private(set) var cursor = ""

    mutating func next() async throws -> PBWatchChangesResponse? {
      let message = try await iterator.next(isolation: #isolation)
      if let message { cursor = message.cursor }
      return message
    }

    /// The next that tells something.
    mutating func changes() async throws -> [PBChange] {
      while let message = try await next() {
        if !message.changes.isEmpty { return message.changes }
      }
      return []
    }
  }

  /// What services decide by, with a change.
  func decide(by change: (inout PolicySnapshot) throws -> Void) throws {
    time.advance(1)
    var snapshot = try authorizer.current().snapshot
    try change(&snapshot)
    snapshot.issuedAt = PolicyTime(time.wall.now())
    snapshot.sequence += 1
    authorizer.take(snapshot)
  }

  /// So many cases put on record at once.
  func fill(_ count: Int, of mission: String = "untso") async throws {
    try await run(
      """
      INSERT INTO cases (id, display_number, mission_id, incident_date, number, act, state, victim_count, host_states,
        host_states_reviewed, create_time, update_time)
      SELECT gen_random_uuid(), '\(mission)-' || n, '\(mission)', 20200510, n, 1, 1, 0, '{}', false, now(), now()
      FROM generate_series(1, \(count)) n
      """)
  }
}

extension PBChange {
  func text(of name: String = "") -> String {
    let words = [kind.name] + parts.map { "\($0)" } + (self.case == name || self.case.isEmpty ? [] : [self.case])
    return words.joined(separator: " ")
  }
}

extension PBChange.Kind {
  fileprivate var name: String { "\(self)" }
}
