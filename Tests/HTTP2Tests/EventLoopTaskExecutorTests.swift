import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import HTTP2

@Suite("EventLoopTaskExecutor", .timeLimit(.minutes(1)))
struct EventLoopTaskExecutorTests {
  private let loop = MultiThreadedEventLoopGroup.singleton.next()

  private func makeExecutor() async throws -> EventLoopTaskExecutor {
    try await self.loop.submit { [loop] in EventLoopTaskExecutor(eventLoop: loop) }.get()
  }

  @Test("tasks run on the loop, and come back to it after having been elsewhere")
  func onLoop() async throws {
    let executor = try await self.makeExecutor()
    let places = await Task(executorPreference: executor) { @concurrent [loop] in
      let before = loop.inEventLoop
      let elsewhere = await MainActor.run { loop.inEventLoop }
      try? await Task.sleep(for: .milliseconds(1))
      return [before, elsewhere, loop.inEventLoop]
    }.value
    #expect(places == [true, false, true])
  }

  @Test("a job enqueued on the loop does not run before the caller lets it")
  func order() async throws {
    let executor = try await self.makeExecutor()
    let log = Log()
    try await self.loop.submit {
      Task(executorPreference: executor) { log.add("task") }
      log.add("caller")
      executor.runPendingJobs()
      log.add("after")
    }.get()
    #expect(log.lines == ["caller", "task", "after"])
  }

  @Test("tasks that keep each other busy do not keep the loop from others")
  func starvation() async throws {
    let executor = try await self.makeExecutor()
    let log = Log()
    let spinning = Task(executorPreference: executor) {
      while log.lines.isEmpty { await Task.yield() }
    }
    for _ in 0..<100 { try await self.loop.submit {}.get() }
    log.add("stop")
    await spinning.value
  }

  @Test("many tasks from many threads all run")
  func load() async throws {
    let executor = try await self.makeExecutor()
    let log = Log()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<1_000 {
        group.addTask(executorPreference: executor) {
          await Task.yield()
          log.add("")
        }
      }
    }
    #expect(log.lines.count == 1_000)
  }
}

private final class Log: Sendable {
  private let entries = Mutex<[String]>([])

  var lines: [String] { self.entries.withLock { $0 } }

  func add(_ line: String) { self.entries.withLock { $0.append(line) } }
}
