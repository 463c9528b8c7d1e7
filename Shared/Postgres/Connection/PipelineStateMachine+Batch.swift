extension PipelineStateMachine {
  /// One ticket of a batch and how far its results have come.
  struct Member {
    let ticket: Ticket
    let roles: [Role]
    var received = 0
    var outcome = Completion.Outcome.succeeded
    var isAbandoned = false

    init(ticket: Ticket, roles: [Role]) {
      self.ticket = ticket
      self.roles = roles
    }

    var isComplete: Bool { received == roles.count }
  }

  /// What was sent between two syncs.
  struct Batch {
    let work: Work
    var members: [Member]
    /// A cancel request was under way while the batch was in flight.
    var metCancel = false
    private var current = 0

    init(work: Work, members: [Member]) {
      self.work = work
      self.members = members
      skipComplete()
    }

    /// Whether only the sync is missing.
    var isComplete: Bool { current == members.count }

    /// Whether it is an abandoned member's turn, or its commit's.
    var runsAbandoned: Bool {
      isComplete ? members.last?.isAbandoned == true : members[current].isAbandoned
    }

    mutating func abandon(_ ticket: Ticket) {
      for index in members.indices where members[index].ticket === ticket { members[index].isAbandoned = true }
    }

    mutating func receive(_ status: ResultStatus) -> Reception {
      guard !isComplete else { return receiveAfterLast(status) }
      let command = members[current].received
      let (ticket, role) = (members[current].ticket, members[current].roles[command])
      switch status {
      case .success:
        advance()
        return role == .result ? .keep(ticket) : .discard
      case .failure:
        members[current].outcome = .failed
        advance()
        return .fail(ticket, command: command)
      case .aborted:
        if members[current].outcome == .succeeded { members[current].outcome = .notRun }
        advance()
        return .discard
      case .sync, .copyIn, .unexpected:
        return .violation
      }
    }

    /// A failure after the last command is that of the commit, which undoes the whole batch.
    private mutating func receiveAfterLast(_ status: ResultStatus) -> Reception {
      guard status == .failure, let last = members.indices.last else { return .violation }
      members[last].outcome = .failed
      return .fail(members[last].ticket, command: nil)
    }

    private mutating func advance() {
      members[current].received += 1
      skipComplete()
    }

    private mutating func skipComplete() {
      while current < members.count, members[current].isComplete { current += 1 }
    }
  }
}
