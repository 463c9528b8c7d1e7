import Postgres
import TestSupport
import Testing

@Suite struct ListenTests {
  @Test(.timeLimit(.minutes(1))) func notificationsComeInOrderToEverySubscriber() async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      try await withThrowingTaskGroup(of: [PostgresNotifications.Event].self) { group in
        let readers = [pool.listen(to: "Feed \"x\""), pool.listen(to: "Feed \"x\"")]
        let (ready, isReady) = AsyncStream<Void>.makeStream()
        for reader in readers {
          group.addTask {
            var seen: [PostgresNotifications.Event] = []
            for await event in reader {
              if event == .listening {
                isReady.yield()
              } else {
                seen.append(event)
              }
              if seen.count == 3 { break }
            }
            return seen
          }
        }
        var waiting = ready.makeAsyncIterator()
        for _ in readers { await waiting.next() }
        for number in 1...3 {
          try await pool.execute(Command("SELECT pg_notify('Feed \"x\"', $1)", "\(number)"))
        }
        for try await seen in group {
          #expect(seen == (1...3).map { .notification(payload: "\($0)") })
        }
      }
    }
  }

  @Test(.timeLimit(.minutes(1))) func anotherChannelIsAnotherChannel() async throws {
    try await TestPostgres.shared().makeDatabase().withPool { pool in
      var a = pool.listen(to: "a").makeAsyncIterator()
      var b = pool.listen(to: "b").makeAsyncIterator()
      #expect(await a.next() == .listening)
      #expect(await b.next() == .listening)
      try await pool.execute(Command("NOTIFY b, 'for b'"))
      try await pool.execute(Command("NOTIFY a, 'for a'"))
      #expect(await a.next() == .notification(payload: "for a"))
      #expect(await b.next() == .notification(payload: "for b"))
    }
  }

  @Test(.timeLimit(.minutes(2))) func subscriptionsOutliveTheServer() async throws {
    let cluster = try await TestPostgres.start()
    try await cluster.makeDatabase().withPool { pool in
      var events = pool.listen(to: "feed").makeAsyncIterator()
      #expect(await events.next() == .listening)
      try cluster.stop()
      try cluster.startAgain()
      #expect(await events.next() == .listening)
      try await pool.execute(Command("NOTIFY feed, 'again'"))
      #expect(await events.next() == .notification(payload: "again"))
    }
  }

  @Test(.timeLimit(.minutes(1))) func subscriptionsEndWithThePool() async throws {
    let events = try await TestPostgres.shared().makeDatabase().withPool { pool in
      let events = pool.listen(to: "feed")
      var iterator = events.makeAsyncIterator()
      #expect(await iterator.next() == .listening)
      return events
    }
    for await event in events { #expect(event == .listening) }
  }
}
