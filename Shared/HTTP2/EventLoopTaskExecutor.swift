package import NIOCore

/// Runs Swift tasks on an event loop, within the tick that made them runnable.
///
/// A task that prefers this executor (`Task(executorPreference:)`) runs its nonisolated code on the
/// loop's thread. Jobs enqueued there wait in a plain queue that the connection handler runs at the
/// end of its read batch, so that a request is parsed, handled and answered in one tick with one
/// flush and no wake-up. Outside a batch one `eventLoop.execute` runs the queue.
///
/// Jobs must not block or compute for long: everything of the loop waits meanwhile.
package final class EventLoopTaskExecutor: TaskExecutor {
  package let eventLoop: any EventLoop
  private let tick: NIOLoopBound<EventLoopTick>

  /// Makes the executor of a loop. Call it on the loop; one per loop is enough.
  package init(eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
    self.tick = NIOLoopBound(EventLoopTick(), eventLoop: eventLoop)
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if self.eventLoop.inEventLoop {
      self.append(job)
    } else {
      self.eventLoop.execute { self.append(job) }
    }
  }

  private func append(_ job: UnownedJob) {
    let tick = self.tick.value
    tick.jobs.append(job)
    self.scheduleTick(tick)
  }

  /// Runs what is runnable now. Called on the loop at the end of a read batch; does nothing when it
  /// is called from a job.
  package func runPendingJobs() {
    let tick = self.tick.value
    unsafe tick.runJobs(on: self.asUnownedTaskExecutor())
    // Jobs beyond the bound run in the next tick, after others had their turn; so do flushes of
    // other connections that the jobs wrote to.
    if tick.hasWork { self.scheduleTick(tick) }
  }

  /// Has `connection` flushed once at the end of this tick, after the jobs that are runnable.
  func flushAtEndOfTick(_ connection: any EndOfTickFlushing) {
    let tick = self.tick.value
    tick.flushes.append(connection)
    self.scheduleTick(tick)
  }

  private func scheduleTick(_ tick: EventLoopTick) {
    guard !tick.isScheduled, !tick.isRunning else { return }
    tick.isScheduled = true
    self.eventLoop.execute {
      let tick = self.tick.value
      tick.isScheduled = false
      unsafe tick.runJobs(on: self.asUnownedTaskExecutor())
      tick.runFlushes()
      if tick.hasWork { self.scheduleTick(tick) }
    }
  }
}

/// Something with output to flush once per tick.
protocol EndOfTickFlushing: AnyObject {
  func flushAtEndOfTick()
}
