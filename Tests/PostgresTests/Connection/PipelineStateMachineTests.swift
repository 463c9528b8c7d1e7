@testable import Postgres
import Testing

@Suite struct PipelineStateMachineTests {
  /// A request with a name, and what came of it.
  private final class Ticket {
    let name: String
    init(_ name: String) { self.name = name }
  }

  private typealias Machine = PipelineStateMachine<Ticket>

  /// Tells a step's outcome in a word or two, so that whole courses can be compared.
  private static func tell(_ reception: Machine.Reception) -> String {
    switch reception {
    case .keep(let ticket): "keep \(ticket.name)"
    case .discard: "discard"
    case .fail(let ticket, let command): "fail \(ticket.name) \(command.map(String.init) ?? "commit")"
    case .finish(let completions):
      completions.map { "\($0.ticket.name) \($0.outcome)\($0.mayBeCancelVictim ? "?" : "")" }.joined(separator: ", ")
    case .violation: "violation"
    }
  }

  private static func tell(_ work: Machine.NextWork?) -> String {
    switch work {
    case nil: "nothing"
    case .batch(let tickets): "batch " + tickets.map(\.name).joined(separator: " ")
    case .solo(let ticket): "solo \(ticket.name)"
    }
  }

  /// Sends what is next; each ticket has `commands` results.
  private static func sendNext(
    _ machine: inout Machine,
    _ work: Machine.Work = .own,
    roles: [Machine.Role] = [.result]
  ) -> String {
    let next = machine.nextWork()
    if case .batch(let tickets) = next { machine.didSend(tickets.map { ($0, roles) }, work: work) }
    return tell(next)
  }

  struct Course: Sendable, CustomTestStringConvertible {
    var title: String
    var roles: [PipelineStateMachine<NSObjectStandIn>.Role]
    var statuses: [ResultStatus]
    var told: [String]
    var testDescription: String { title }
  }

  /// Only names the roles' type in a non-private table.
  final class NSObjectStandIn {}

  @Test(arguments: [
    Course(
      title: "one statement", roles: [.result], statuses: [.success, .sync], told: ["keep a", "a succeeded"]),
    Course(
      title: "prepared first", roles: [.control, .result], statuses: [.success, .success, .sync],
      told: ["discard", "keep a", "a succeeded"]),
    Course(
      title: "preparing fails", roles: [.control, .result], statuses: [.failure, .aborted, .sync],
      told: ["fail a 0", "discard", "a failed"]),
    Course(
      title: "the second of three fails", roles: [.result, .result, .result],
      statuses: [.success, .failure, .aborted, .sync],
      told: ["keep a", "fail a 1", "discard", "a failed"]),
    Course(
      title: "the commit fails", roles: [.result], statuses: [.success, .failure, .sync],
      told: ["keep a", "fail a commit", "a failed"]),
    Course(title: "an empty batch", roles: [], statuses: [.sync], told: ["a succeeded"]),
    Course(title: "a sync too early", roles: [.result], statuses: [.sync], told: ["violation"]),
    Course(
      title: "a result too many", roles: [.result], statuses: [.success, .success], told: ["keep a", "violation"]),
    Course(title: "COPY in a pipeline", roles: [.result], statuses: [.copyIn], told: ["violation"]),
  ])
  func aBatchOfItsOwn(_ course: Course) {
    var machine = Machine()
    #expect(machine.submit(Ticket("a"), .own) == true)
    let roles: [Machine.Role] = course.roles.map { $0 == .result ? .result : .control }
    #expect(Self.sendNext(&machine, roles: roles) == "batch a")
    var told: [String] = []
    for status in course.statuses { told.append(Self.tell(machine.receive(status))) }
    #expect(told == course.told)
  }

  @Test func resultsWithoutRequestsAreAViolation() {
    var machine = Machine()
    #expect(Self.tell(machine.receive(.success)) == "violation")
    #expect(Self.tell(machine.receive(.sync)) == "violation")
  }

  @Test func batchesFinishInOrder() {
    var machine = Machine()
    for name in ["a", "b"] { _ = machine.submit(Ticket(name), .own) }
    #expect(Self.sendNext(&machine) == "batch a")
    #expect(Self.sendNext(&machine) == "batch b")
    #expect(Self.sendNext(&machine) == "nothing")
    let told = [ResultStatus.failure, .sync, .success, .sync].map { Self.tell(machine.receive($0)) }
    #expect(told == ["fail a 0", "a failed", "keep b", "b succeeded"])
    let (isIdle, expectsResults) = (machine.isIdle, machine.expectsResults)
    #expect(isIdle && !expectsResults)
  }

  @Test func readsShareASyncAndGatherWhileTwoBatchesAreUnderWay() {
    var machine = Machine()
    _ = machine.submit(Ticket("a"), .shared)
    _ = machine.submit(Ticket("b"), .shared)
    #expect(Self.sendNext(&machine, .shared) == "batch a b")
    _ = machine.submit(Ticket("c"), .shared)
    #expect(Self.sendNext(&machine, .shared) == "batch c")
    _ = machine.submit(Ticket("d"), .shared)
    _ = machine.submit(Ticket("e"), .shared)
    #expect(Self.sendNext(&machine, .shared) == "nothing")
    let told = [ResultStatus.success, .success, .sync].map { Self.tell(machine.receive($0)) }
    #expect(told == ["keep a", "keep b", "a succeeded, b succeeded"])
    #expect(Self.sendNext(&machine, .shared) == "batch d e")
  }

  @Test func aFailedReadSendsBackThoseBehindIt() {
    var machine = Machine()
    for name in ["a", "b", "c"] { _ = machine.submit(Ticket(name), .shared) }
    #expect(Self.sendNext(&machine, .shared) == "batch a b c")
    let told = [ResultStatus.success, .failure, .aborted, .sync].map { Self.tell(machine.receive($0)) }
    #expect(told == ["keep a", "fail b 0", "discard", "a succeeded, b failed, c notRun"])
  }

  @Test func aWriteEndsABatchOfReads() {
    var machine = Machine()
    for name in ["a", "b"] { _ = machine.submit(Ticket(name), .shared) }
    _ = machine.submit(Ticket("w"), .own)
    _ = machine.submit(Ticket("c"), .shared)
    #expect(Self.sendNext(&machine, .shared) == "batch a b")
    #expect(Self.sendNext(&machine, .own) == "batch w")
    #expect(Self.sendNext(&machine, .shared) == "batch c")
  }

  /// What a read runs under is set by the call that it is part of, never by another's.
  @Test func readsInAScopeGatherWithTheirLikeOnly() {
    var machine = Machine()
    for (name, work) in [("a", .scoped), ("b", .scoped), ("c", .shared), ("d", .scoped)] as [(String, Machine.Work)] {
      _ = machine.submit(Ticket(name), work)
    }
    #expect(Self.sendNext(&machine, .scoped) == "batch a b")
    #expect(Self.sendNext(&machine, .shared) == "batch c")
    // They count as batches of reads.
    #expect(Self.sendNext(&machine, .scoped) == "nothing")
    for status in [ResultStatus.success, .success, .sync] { _ = machine.receive(status) }
    #expect(Self.sendNext(&machine, .scoped) == "batch d")
  }

  @Test func aBatchOfReadsIsBounded() {
    var machine = Machine()
    for number in 0..<40 { _ = machine.submit(Ticket("\(number)"), .shared) }
    guard case .batch(let first) = machine.nextWork() else { return #expect(Bool(false)) }
    #expect(first.count == Machine.readsInBatch)
  }

  @Test func soloWaitsForTheRestAndHoldsWhatComesAfter() {
    var machine = Machine()
    _ = machine.submit(Ticket("a"), .own)
    _ = machine.submit(Ticket("copy"), .solo)
    _ = machine.submit(Ticket("b"), .own)
    #expect(Self.sendNext(&machine) == "batch a")
    #expect(Self.sendNext(&machine) == "nothing")
    _ = machine.receive(.success)
    _ = machine.receive(.sync)
    #expect(Self.sendNext(&machine) == "solo copy")
    #expect(Self.sendNext(&machine) == "nothing")
    let isIdle = machine.isIdle
    #expect(!isIdle)
    machine.soloEnded()
    #expect(Self.sendNext(&machine) == "batch b")
  }

  @Test func whatWasNotSentIsForgotten() {
    var machine = Machine()
    let ticket = Ticket("a")
    _ = machine.submit(ticket, .own)
    let wasForgotten = machine.abandon(ticket)
    #expect(wasForgotten)
    #expect(Self.sendNext(&machine) == "nothing")
    let mayCancel = machine.beginCancel()
    #expect(!mayCancel)
  }

  @Test func theServerIsAskedToCancelWhenItIsTheAbandonedOnesTurn() {
    var machine = Machine()
    let (a, b) = (Ticket("a"), Ticket("b"))
    for ticket in [a, b] { _ = machine.submit(ticket, .own) }
    #expect(Self.sendNext(&machine) == "batch a")
    #expect(Self.sendNext(&machine) == "batch b")
    let wasForgotten = machine.abandon(b)
    let tooEarly = machine.beginCancel()
    #expect(!wasForgotten && !tooEarly)
    _ = machine.receive(.success)
    _ = machine.receive(.sync)
    let now = machine.beginCancel()
    let twice = machine.beginCancel()
    #expect(now && !twice)
    // Nothing is sent until the request has been taken.
    _ = machine.submit(Ticket("c"), .own)
    #expect(Self.sendNext(&machine) == "nothing")
    machine.cancelEnded()
    #expect(Self.sendNext(&machine) == "batch c")
    let told = [ResultStatus.failure, .sync, .success, .sync].map { Self.tell(machine.receive($0)) }
    #expect(told == ["fail b 0", "b failed", "keep c", "c succeeded"])
  }

  @Test func othersInFlightDuringACancelMayBeItsVictims() {
    var machine = Machine()
    let (a, b) = (Ticket("a"), Ticket("b"))
    for ticket in [a, b] { _ = machine.submit(ticket, .own) }
    _ = Self.sendNext(&machine)
    _ = Self.sendNext(&machine)
    _ = machine.abandon(a)
    let began = machine.beginCancel()
    #expect(began)
    let told = [ResultStatus.success, .sync, .failure, .sync].map { Self.tell(machine.receive($0)) }
    #expect(told == ["keep a", "a succeeded", "fail b 0", "b failed?"])
  }

  @Test func closingGivesEveryTicketBack() {
    var machine = Machine()
    for name in ["a", "b"] { _ = machine.submit(Ticket(name), .own) }
    _ = Self.sendNext(&machine)
    let left = machine.close().map { "\($0.ticket.name) \($0.wasSent ? "sent" : "unsent")" }
    #expect(left == ["a sent", "b unsent"])
    let isAccepted = machine.submit(Ticket("c"), .own)
    #expect(!isAccepted)
    let none = machine.close().count
    #expect(none == 0)
  }
}
