@testable import Postgres
import Testing

@Suite struct PoolStateMachineTests {
  private final class Connection {
    let name: String
    init(_ name: String) { self.name = name }
  }

  private typealias Machine = PoolStateMachine<Connection, String>

  private let start = ContinuousClock.now

  private func machine(minimum: Int = 0, maximum: Int = 3, depth: Int = 2, waiters: Int = 3) -> Machine {
    Machine(
      limits: Machine.Limits(
        minimumConnections: minimum, maximumConnections: maximum, pipelineDepth: depth, waiters: waiters))
  }

  private func tell(_ grants: [Machine.Grant]) -> [String] { grants.map { "\($0.waiter): \($0.connection.name)" } }

  @Test func opensItsMinimumAndThenAsManyAsWait() {
    var machine = machine(minimum: 1)
    #expect(machine.connectionsToOpen() == 1)
    #expect(machine.connectionsToOpen() == 0)
    for id in UInt64(1)...2 {
      #expect(machine.acquire(.shared) == nil)
      #expect(machine.wait(.shared, id: id, "w\(id)") == true)
    }
    #expect(machine.connectionsToOpen() == 1)
    #expect(tell(machine.opened(Connection("a"), now: start)) == ["w1: a", "w2: a"])
  }

  @Test func sharedUsersTakeTheLeastBusy() {
    var machine = machine()
    let (a, b) = (Connection("a"), Connection("b"))
    _ = machine.connectionsToOpen()
    _ = machine.opened(a, now: start)
    _ = machine.opened(b, now: start)
    let names = (0..<5).map { _ in machine.acquire(.shared)?.name }
    // Two each is the depth.
    #expect(names == ["a", "b", "a", "b", nil])
    _ = machine.release(b, .shared) { start }
    #expect(machine.acquire(.shared)?.name == "b")
  }

  @Test func briefUsersFillAConnectionBeforeTheyTakeAnIdleOne() {
    var machine = machine(maximum: 4, depth: 64)
    let connections = ["a", "b", "c"].map(Connection.init)
    for connection in connections { _ = machine.opened(connection, now: start) }
    #expect(machine.acquire(.shared)?.name == "a")
    let together = Machine.briefTogether
    let names = (0...together).compactMap { _ in machine.acquire(.brief)?.name }
    // Not beside the one whose use may take long.
    #expect(names == Array(repeating: "b", count: together) + ["c"])
    #expect(machine.acquire(.shared)?.name == "a")
    _ = machine.release(connections[1], .brief) { start }
    #expect(machine.acquire(.brief)?.name == "b")
    #expect(machine.inFlightCount == together + 3)
  }

  @Test func briefUsersGoAnywhereRatherThanWait() {
    var machine = machine(maximum: 2, depth: 2)
    let (a, b) = (Connection("a"), Connection("b"))
    for connection in [a, b] { _ = machine.opened(connection, now: start) }
    #expect(machine.acquire(.exclusive) === a)
    #expect(machine.acquire(.shared) === b)
    #expect(machine.acquire(.brief) === b)
    #expect(machine.acquire(.brief) == nil)
    _ = machine.wait(.brief, id: 1, "brief")
    #expect(tell(machine.release(b, .brief) { start }) == ["brief: b"])
    _ = machine.release(b, .brief) { start }
    _ = machine.release(b, .shared) { start }
    _ = machine.release(a, .exclusive) { start }
    #expect(machine.acquire(.brief) === machine.acquire(.brief))
  }

  @Test func growsWhileAllAreBusyOneAtATime() {
    var machine = machine(minimum: 1)
    #expect(machine.connectionsToOpen() == 1)
    _ = machine.opened(Connection("a"), now: start)
    #expect(machine.connectionsToOpen() == 0)
    _ = machine.acquire(.shared)
    #expect(machine.connectionsToOpen() == 1)
    #expect(machine.connectionsToOpen() == 0)
  }

  @Test func aLeaseIsExclusiveAndLeavesOneForTheOthers() {
    var machine = machine(maximum: 2)
    let (a, b) = (Connection("a"), Connection("b"))
    _ = machine.opened(a, now: start)
    _ = machine.opened(b, now: start)
    #expect(machine.acquire(.exclusive) === a)
    #expect(machine.acquire(.exclusive) == nil)
    #expect(machine.acquire(.shared) === b)
    #expect(machine.acquire(.shared) === b)
    #expect(machine.acquire(.shared) == nil)
    _ = machine.wait(.shared, id: 1, "read")
    _ = machine.wait(.exclusive, id: 2, "transaction")
    #expect(tell(machine.release(a, .exclusive) { start }) == ["transaction: a"])
    #expect(tell(machine.release(b, .shared) { start }) == ["read: b"])
    #expect((machine.leasedCount, machine.inFlightCount, machine.waiterCount) == (1, 3, 0))
  }

  @Test func theOnlyConnectionMayBeLeased() {
    var machine = machine(maximum: 1)
    let a = Connection("a")
    _ = machine.opened(a, now: start)
    #expect(machine.acquire(.exclusive) === a)
    #expect(machine.acquire(.shared) == nil)
  }

  @Test func waitersAreBoundedAndMayLeave() {
    var machine = machine(waiters: 1)
    #expect(machine.wait(.exclusive, id: 1, "w1") == true)
    #expect(machine.wait(.shared, id: 2, "w2") == false)
    #expect(machine.removeWaiter(1) == "w1")
    #expect(machine.removeWaiter(1) == nil)
    #expect(tell(machine.opened(Connection("a"), now: start)) == [])
  }

  @Test func oneAttemptAtATimeWhileTheServerIsAway() {
    var machine = machine(minimum: 3)
    #expect(machine.connectionsToOpen() == 3)
    machine.connectFailed()
    let connections = ["a", "b", "c"].map(Connection.init)
    for connection in connections { _ = machine.opened(connection, now: start) }
    for connection in connections { #expect(machine.closed(connection) == true) }
    #expect(machine.connectionsToOpen() == 3)
    // All three attempts are still under way; the next losses open no more than one at a time.
    machine.connectFailed()
    #expect(machine.connectionsToOpen() == 0)
  }

  @Test func aLostConnectionIsReplaced() {
    var machine = machine(minimum: 1)
    let a = Connection("a")
    _ = machine.connectionsToOpen()
    _ = machine.opened(a, now: start)
    #expect(machine.closed(a) == true)
    #expect(machine.closed(a) == false)
    #expect(machine.connectionsToOpen() == 1)
    // Its user gives it back afterwards.
    #expect(tell(machine.release(a, .shared) { start }) == [])
  }

  @Test func idleConnectionsAreCheckedAndRetiredDownToTheMinimum() {
    var machine = machine(minimum: 1)
    let (a, b) = (Connection("a"), Connection("b"))
    _ = machine.opened(a, now: start)
    _ = machine.opened(b, now: start + .seconds(10))
    #expect(machine.connectionsToCheck(idleSince: start + .seconds(5)).map(\.name) == ["a"])
    #expect(machine.connectionsToCheck(idleSince: start + .seconds(5)).isEmpty)
    #expect(machine.connectionsToRetire(idleSince: start + .seconds(5)).isEmpty)
    _ = machine.release(a, .shared) { start + .seconds(20) }
    #expect(machine.connectionsToRetire(idleSince: start + .seconds(30)).map(\.name) == ["b"])
    #expect(machine.connectionsToRetire(idleSince: start + .seconds(30)).isEmpty)
    #expect(machine.openCount == 1)
  }

  @Test func stoppingGivesBackTheWaiters() {
    var machine = machine()
    _ = machine.wait(.shared, id: 1, "w1")
    _ = machine.wait(.exclusive, id: 2, "w2")
    #expect(machine.stop() == ["w1", "w2"])
    #expect(machine.isStopped)
    #expect(machine.connectionsToOpen() == 0)
  }
}
