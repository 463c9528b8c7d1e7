/// The order of things on one pipelined connection, without any I/O.
///
/// Tickets (whatever the caller hands in for a request) wait, are sent in batches, each closed by one sync, and finish
/// in order as their results come. Between two syncs the server runs one implicit transaction. Three kinds of work:
/// - `own`: a batch of its own, so that its failure and its commit are its own;
/// - `shared`: a read that may travel in one batch with other reads. While ``batchesOfReads`` batches are under way,
///   further reads wait and gather, so that batches grow with the load;
/// - `scoped`: reads that begin by setting for whom they read. They gather as shared reads do, but only with their like:
///   another read would run under what they set;
/// - `solo`: what pipeline mode forbids (scripts, COPY). It starts when nothing is in flight and keeps the connection
///   until ``soloEnded()``.
///
/// A ticket that nobody waits for any more is abandoned: unsent it is taken out; sent it stays in its place, and when
/// it is its turn on the server the caller is told to have the server cancel it. While a cancel request is under way
/// nothing is sent, so it can hit nothing but what is in flight by then.
struct PipelineStateMachine<Ticket: AnyObject>: ~Copyable {
  enum Work: Hashable, Sendable {
    case own, shared, scoped, solo

    /// Whether several may travel in one batch.
    var gathers: Bool { self == .shared || self == .scoped }
  }

  /// What a command's result is for.
  enum Role: Hashable, Sendable { case result, control }

  /// The most reads in one batch: what one failing read sends back to be run again.
  static var readsInBatch: Int { 32 }
  /// Batches of reads in flight: one that the server runs and one that waits for it there.
  static var batchesOfReads: Int { 2 }

  private enum Mode { case pipeline, solo(Ticket, isAbandoned: Bool), closed }

  private var mode = Mode.pipeline
  private var waiting = FIFO<(ticket: Ticket, work: Work)>()
  private var inFlight = FIFO<Batch>()
  private var readBatchesInFlight = 0
  private var isCancelling = false

  init() {}

  /// Whether nothing waits or is in flight.
  var isIdle: Bool {
    if case .solo = mode { return false }
    return waiting.isEmpty && inFlight.isEmpty
  }

  /// Whether results are due.
  var expectsResults: Bool { !inFlight.isEmpty }

  /// The ticket that has the connection to itself.
  var solo: Ticket? {
    if case .solo(let ticket, _) = mode { return ticket }
    return nil
  }

  /// Every ticket that has not finished.
  var tickets: [Ticket] {
    (solo.map { [$0] } ?? []) + inFlight.elements.flatMap { $0.members.map(\.ticket) }
      + waiting.elements.map(\.ticket)
  }

  // MARK: Sending

  /// Queues a ticket. `false` when the connection is closed.
  mutating func submit(_ ticket: Ticket, _ work: Work) -> Bool {
    if case .closed = mode { return false }
    waiting.append((ticket, work))
    return true
  }

  enum NextWork {
    /// Send the commands of these tickets and one sync, then call ``didSend(_:)``.
    case batch([Ticket])
    case solo(Ticket)
  }

  /// What to send now, if anything.
  mutating func nextWork() -> NextWork? {
    guard case .pipeline = mode, !isCancelling, let first = waiting.first else { return nil }
    switch first.work {
    case .own:
      return waiting.popFirst().map { .batch([$0.ticket]) }
    case .shared, .scoped:
      guard readBatchesInFlight < Self.batchesOfReads else { return nil }
      return .batch(popReads(first.work))
    case .solo:
      guard inFlight.isEmpty else { return nil }
      _ = waiting.popFirst()
      mode = .solo(first.ticket, isAbandoned: false)
      return .solo(first.ticket)
    }
  }

  private mutating func popReads(_ work: Work) -> [Ticket] {
    var tickets: [Ticket] = []
    while tickets.count < Self.readsInBatch, waiting.first?.work == work, let next = waiting.popFirst() {
      tickets.append(next.ticket)
    }
    return tickets
  }

  /// The batch from ``nextWork()`` was sent: each ticket with what its commands' results are for.
  mutating func didSend(_ members: [(ticket: Ticket, roles: [Role])], work: Work) {
    if work.gathers { readBatchesInFlight += 1 }
    inFlight.append(Batch(work: work, members: members.map { Member(ticket: $0.ticket, roles: $0.roles) }))
  }

  mutating func soloEnded() {
    if case .solo = mode { mode = .pipeline }
  }

  // MARK: Receiving

  enum Reception {
    /// The result belongs to the ticket's results.
    case keep(Ticket)
    case discard
    /// The result says why the ticket's command (`nil`: its commit) failed.
    case fail(Ticket, command: Int?)
    /// The sync came: these tickets are done.
    case finish([Completion])
    /// The server sent what was not asked for.
    case violation
  }

  struct Completion {
    enum Outcome: Hashable, Sendable {
      case succeeded
      case failed
      /// An earlier command before the same sync failed; nothing of this one took effect.
      case notRun
    }
    var ticket: Ticket
    var outcome: Outcome
    /// A cancel request meant for another ticket may have hit this one.
    var mayBeCancelVictim: Bool
  }

  /// Takes in the status of the next result.
  mutating func receive(_ status: ResultStatus) -> Reception {
    if status == .sync { return finishBatch() }
    return inFlight.modifyFirst { $0.receive(status) } ?? .violation
  }

  private mutating func finishBatch() -> Reception {
    guard let batch = inFlight.first, batch.isComplete else { return .violation }
    _ = inFlight.popFirst()
    if batch.work.gathers { readBatchesInFlight -= 1 }
    return .finish(
      batch.members.map {
        Completion(ticket: $0.ticket, outcome: $0.outcome, mayBeCancelVictim: batch.metCancel && !$0.isAbandoned)
      })
  }

  // MARK: Abandoning and cancelling

  /// Nobody waits for `ticket` any more. `true` when it was not sent and is forgotten.
  mutating func abandon(_ ticket: Ticket) -> Bool {
    if !waiting.removeAll(where: { $0.ticket === ticket }).isEmpty { return true }
    if solo === ticket { mode = .solo(ticket, isAbandoned: true) }
    inFlight.modifyEach { $0.abandon(ticket) }
    return false
  }

  /// Whether the server should now be asked to cancel what it runs. When `true`, send the request and call
  /// ``cancelEnded()`` after it.
  mutating func beginCancel() -> Bool {
    guard !isCancelling, runsAbandoned else { return false }
    isCancelling = true
    inFlight.modifyEach { $0.metCancel = true }
    return true
  }

  /// Whether the server is running something that nobody waits for.
  private var runsAbandoned: Bool {
    if case .solo(_, let isAbandoned) = mode { return isAbandoned }
    return inFlight.first?.runsAbandoned == true
  }

  mutating func cancelEnded() { isCancelling = false }

  // MARK: The end

  /// The connection is gone: gives every ticket with whether it had been sent, and takes no more.
  mutating func close() -> [(ticket: Ticket, wasSent: Bool)] {
    let sent = (solo.map { [$0] } ?? []) + inFlight.elements.flatMap { $0.members.map(\.ticket) }
    let unsent = waiting.elements.map(\.ticket)
    mode = .closed
    waiting = FIFO()
    inFlight = FIFO()
    return sent.map { ($0, true) } + unsent.map { ($0, false) }
  }
}
