import Glibc
import Synchronization

/// One thread that polls sockets and runs jobs: the executor of every connection pinned to it.
///
/// A connection is an actor on its reactor, so what follows from a readable socket runs on the thread that polled it,
/// without a hop. It is a task executor too: a task that prefers it talks to the database without leaving the thread.
/// Reactors live as long as the process.
package final class Reactor: SerialExecutor, TaskExecutor {
  private struct State {
    var jobs: [UnownedJob] = []
    var attention: [any ReactorSource] = []
    var sources: [UInt64: any ReactorSource] = [:]
    var nextToken: UInt64 = 1
    var timers = TimerQueue<@Sendable () -> Void>()
    /// Whether the thread waits in the kernel, so that new work has to wake it.
    var isWaiting = false
  }

  private let state = Mutex(State())
  private let poll = EventPoll()
  private let thread = Atomic<UInt>(0)

  /// The reactor that pools use unless told otherwise.
  package static let shared = Reactor()

  package init() {
    SystemThread.start { [self] in loop() }
  }

  // MARK: Executor

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    change { $0.jobs.append(job) }
  }

  package func checkIsolated() {
    precondition(isCurrentThread, "not on the reactor's thread")
  }

  package func isIsolatingCurrentContext() -> Bool? { isCurrentThread }

  private var isCurrentThread: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

  // MARK: Sources and timers; from any thread

  /// Has ``ReactorSource/reactorDidAttend()`` called soon.
  func attend(to source: any ReactorSource) {
    change { $0.attention.append(source) }
  }

  /// Polls `descriptor` for `source`, which is kept until ``deregister(_:descriptor:)``. Returns the registration.
  func register(_ source: any ReactorSource, descriptor: Int32) -> UInt64 {
    let token = state.withLock { state in
      defer { state.nextToken += 1 }
      state.sources[state.nextToken] = source
      return state.nextToken
    }
    poll.add(descriptor, token: token, interest: .readable)
    return token
  }

  func setInterest(_ interest: EventPoll.Readiness, of token: UInt64, descriptor: Int32) {
    poll.modify(descriptor, token: token, interest: interest)
  }

  /// To be called before `descriptor` is closed.
  func deregister(_ token: UInt64, descriptor: Int32) {
    poll.remove(descriptor)
    _ = state.withLock { $0.sources.removeValue(forKey: token) }
  }

  /// Runs `action` on the thread at `time` or soon after.
  func schedule(at time: ContinuousClock.Instant, _ action: @escaping @Sendable () -> Void) {
    change { $0.timers.add(action, at: time) }
  }

  private func change(_ body: (inout State) -> Void) {
    let mustWake = state.withLock { state in
      defer { state.isWaiting = false }
      body(&state)
      return state.isWaiting
    }
    // The thread itself may come here from the callbacks of its wait, which has then ended.
    if mustWake, !isCurrentThread { poll.wake() }
  }

  // MARK: The thread

  private func loop() {
    thread.store(UInt(pthread_self()), ordering: .relaxed)
    while true {
      runDueTimers()
      runWork()
      let timeout = prepareToWait()
      poll.wait(milliseconds: timeout) { token, readiness in
        let source = state.withLock { $0.sources[token] }
        source?.reactorDidPoll(readiness)
      }
      if timeout != 0 { state.withLock { $0.isWaiting = false } }
    }
  }

  /// Runs jobs until there are none, so that all that they submit is gathered, then attends to the sources; a few
  /// times over, but not so often that sockets starve.
  private func runWork() {
    for _ in 0..<Self.roundsBetweenPolls {
      for _ in 0..<Self.roundsBetweenPolls {
        let jobs = takeJobs()
        if jobs.isEmpty { break }
        for job in jobs {
          unsafe job.runSynchronously(
            isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
      }
      let attention = takeAttention()
      if attention.isEmpty { break }
      for source in attention { source.reactorDidAttend() }
    }
  }

  private static let roundsBetweenPolls = 4

  private func takeJobs() -> [UnownedJob] {
    state.withLock { state in
      defer { state.jobs = [] }
      return state.jobs
    }
  }

  private func takeAttention() -> [any ReactorSource] {
    state.withLock { state in
      defer { state.attention = [] }
      return state.attention
    }
  }

  /// The time-out for the next wait, and the announcement that new work must wake it.
  private func prepareToWait() -> Int32 {
    state.withLock { state in
      guard state.jobs.isEmpty, state.attention.isEmpty else { return 0 }
      let wait = state.timers.earliest.map { ContinuousClock.now.duration(to: $0) }
      if let wait, wait <= .zero { return 0 }
      state.isWaiting = true
      guard let wait else { return -1 }
      // Rounded up, or the last millisecond would be spent spinning.
      let milliseconds = wait / .milliseconds(1)
      return Int32(min(milliseconds.rounded(.up), 60_000))
    }
  }

  private func runDueTimers() {
    guard state.withLock({ $0.timers.earliest }) != nil else { return }
    let now = ContinuousClock.now
    while let action = state.withLock({ $0.timers.popDue(at: now) }) { action() }
  }
}
