import NIOCore

/// The work gathered for the end of an event loop's current tick. Confined to the loop.
@safe
final class EventLoopTick {
  /// Jobs run at most between two looks at the sockets: a task that keeps yielding must not starve
  /// the connections.
  static let jobsPerTick = 4_096

  var jobs = CircularBuffer<UnownedJob>(initialCapacity: 64)
  var flushes: [any EndOfTickFlushing] = []
  var isScheduled = false
  private(set) var isRunning = false

  var hasWork: Bool { !self.jobs.isEmpty || !self.flushes.isEmpty }

  /// Runs queued jobs, and those that they enqueue. A call from within a job returns at once: the
  /// outer one will get there, and the stack stays flat.
  func runJobs(on executor: UnownedTaskExecutor) {
    guard !self.isRunning else { return }
    self.isRunning = true
    defer { self.isRunning = false }
    var budget = Self.jobsPerTick
    while budget > 0, let job = self.jobs.popFirst() {
      budget -= 1
      unsafe job.runSynchronously(on: executor)
    }
  }

  func runFlushes() {
    let due = self.flushes
    self.flushes.removeAll(keepingCapacity: true)
    for connection in due { connection.flushAtEndOfTick() }
  }
}
