import Foundation
import Testing
import TestSupport

extension EndToEnd {
  /// What happens to the database and the clock under load. Each test prints what it counted.
  @Suite("Faults of the database", .runningSystem, .timeLimit(.minutes(3)))
  struct DatabaseFaultTests {
    private let faults: FaultSystem

    init() throws {
      faults = try FaultSystem()
    }

    @Test("PostgreSQL is killed while it writes: nothing is lost, and it goes on within 5 s")
    func kill() async throws {
      try await faults.run {
        var recovery = Duration.zero
        let counts = try await Load.run(on: faults, .init(writers: 2, tries: 50)) { load in
          for _ in 1...3 {
            let server = try #require(try await faults.databaseProcesses().first)
            Foundation.kill(server, SIGKILL)
            // Its processes for connections end with it.
            for _ in 1...1_000 where ProcessTable.state(of: server) != nil {
              try await Task.sleep(for: .milliseconds(20))
            }
            let returned = try await faults.waitForDatabase()
            try await load.waitForCalls(50)
            recovery = max(recovery, (load.current.lastFailure ?? returned) - returned)
          }
        }
        print(
          counts.line("PostgreSQL is killed, three times")
            + "; recovered \(recovery.formattedSeconds) s after its return")
        #expect(counts.failed == 0, "\(counts.messages)")
        #expect(
          counts.failures.keys.allSatisfy { ["unavailable", "deadlineExceeded"].contains($0) }, "\(counts.messages)")
        #expect(recovery <= .seconds(5))
        #expect((counts.lost, counts.doubled) == (0, 0))
      }
    }

    @Test("PostgreSQL stops for 30 s: calls end by their deadlines, nothing piles up, all goes on")
    func stop() async throws {
      try await faults.run {
        var before = 0
        var growth = 0
        var recovery = Duration.zero
        let counts = try await Load.run(on: faults, .init(readers: 40, deadline: .seconds(2))) { load in
          before = memory
          let server = try #require(try await faults.databaseProcesses().first)
          // First the one that makes the others, so that none is missed.
          Foundation.kill(server, SIGSTOP)
          let processes = try await faults.databaseProcesses()
          for process in processes { Foundation.kill(process, SIGSTOP) }
          try await Task.sleep(for: .seconds(30))
          growth = memory - before
          for process in processes.reversed() { Foundation.kill(process, SIGCONT) }
          let returned = try await faults.waitForDatabase()
          try await load.waitForCalls(400)
          recovery = max(.zero, (load.current.lastFailure ?? returned) - returned)
        }
        print(
          counts.line("PostgreSQL stops for 30 s") + "; recovered \(recovery.formattedSeconds) s after its return; "
            + "memory of two gateways and two instances \(before >> 20) MiB, \(growth >> 20) MiB more at the end"
        )
        #expect(
          counts.failures.keys.allSatisfy { ["unavailable", "deadlineExceeded"].contains($0) }, "\(counts.messages)")
        #expect(counts.longestTry < .seconds(4))
        #expect(growth < 64 << 20)
        #expect(recovery <= .seconds(5))
        #expect((counts.lost, counts.doubled) == (0, 0))
      }
    }

    private var memory: Int {
      (faults.cases + faults.gateways).reduce(0) { $0 + $1.memory }
    }

    @Test(
      "the disk of the database is full: writes fail clearly, reads go on, writes go on when there is space",
      .enabled(if: getuid() == 0, "a small file system can be mounted by root only")
    )
    func fullDisk() async throws {
      try await SmallDisk.withMounted(megabytes: 64) { disk in
        try await faults.run {
          try await faults.move(Self.written, to: disk)
          var whileFull = LoadCounts()
          let counts = try await Load.run(on: faults) { load in
            try await disk.fill()
            while load.current.failures.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
            try await load.waitForTries(200)
            whileFull = load.current
            try await disk.clear()
            try await load.waitForCalls(100)
          }
          try await faults.moveBack(Self.written)
          print(counts.line("the disk of the database is full"))
          #expect(whileFull.writes - whileFull.acknowledged.count > 1)
          #expect(Set(counts.failures.keys) == ["unavailable"], "\(counts.messages)")
          #expect(counts.messages["unavailable"]?.allSatisfy { $0.contains("no room") } == true, "\(counts.messages)")
          #expect((counts.lost, counts.doubled) == (0, 0))
        }
      }
    }

    @Test(
      "the disk of the database's log is full: it ends and returns when there is space, and nothing is lost",
      .enabled(if: getuid() == 0, "a small file system can be mounted by root only")
    )
    func fullLog() async throws {
      try await SmallDisk.withMounted(megabytes: 192) { disk in
        try await faults.moveLog(to: "\(disk.path)/log")
        try await faults.run {
          var recovery = Duration.zero
          let counts = try await Load.run(on: faults) { load in
            try await disk.fill()
            try await faults.fillLog()
            let before = load.current.failedTries
            while load.current.failedTries < before + 20 { try await Task.sleep(for: .milliseconds(20)) }
            try await disk.clear()
            let returned = try await faults.waitForDatabase()
            try await load.waitForCalls(100)
            recovery = max(.zero, (load.current.lastFailure ?? returned) - returned)
          }
          print(
            counts.line("the disk of the database's log is full")
              + "; recovered \(recovery.formattedSeconds) s after its return")
          #expect(
            counts.failures.keys.allSatisfy { ["unavailable", "deadlineExceeded"].contains($0) }, "\(counts.messages)")
          #expect(recovery <= .seconds(5))
          #expect((counts.lost, counts.doubled) == (0, 0))
        }
        try await faults.moveLog(to: nil)
      }
    }

    /// What an import adds rows to.
    private static let written = ["imports", "fatality_events", "replies"]

    /// Where Debian's package puts it.
    private static let fakeTime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"

    @Test(
      "a service's clock moves by an hour, forth and back: it decides nothing meanwhile, and goes on when it is right",
      .enabled(
        if: FileManager.default.fileExists(atPath: Self.fakeTime), "there is no libfaketime: deploy/test installs it")
    )
    func clock() async throws {
      let folder = try TemporaryFolder("clock")
      let clock = try folder.write("+0\n", to: "offset")
      let environment = [
        "LD_PRELOAD": Self.fakeTime, "FAKETIME_TIMESTAMP_FILE": clock, "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
      ]
      try await faults.run {
        for instance in faults.cases + faults.gateways {
          try await instance.end()
          try await instance.start(with: environment)
        }
        let counts = try await Load.run(on: faults) { load in
          for offset in ["+3600", "-3600"] {
            try folder.write("\(offset)\n", to: "offset")
            let before = load.current.failedTries
            while load.current.failedTries < before + 20 { try await Task.sleep(for: .milliseconds(20)) }
            try folder.write("+0\n", to: "offset")
            try await load.waitForCalls(150)
          }
        }
        print(counts.line("a service's clock moves by an hour, forth and back"))
        // By its clock the policy is of another hour: it cannot know what has been revoked since.
        #expect(Set(counts.failures.keys) == ["unavailable"], "\(counts.messages)")
        #expect((counts.lost, counts.doubled) == (0, 0))
      }
    }
  }
}
