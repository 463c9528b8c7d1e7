import Foundation
import Testing
import TestSupport

extension EndToEnd {
  /// What breaks under load, and what callers see of it. Each test prints what it counted.
  @Suite("Faults", .runningSystem, .timeLimit(.minutes(3)))
  struct FaultTests {
    private let faults: FaultSystem

    init() throws {
      faults = try FaultSystem()
    }

    @Test("an instance of two is killed: no call fails that is safe to repeat")
    func killOneOfTwo() async throws {
      try await faults.run {
        let counts = try await Load.run(on: faults, .init(tries: 3)) { load in
          for instance in faults.cases {
            try await instance.end(SIGKILL)
            try await load.waitForCalls(100)
            try await instance.start()
            try await faults.waitUntilServed()
            try await load.waitForCalls(100)
          }
        }
        print(counts.line("an instance of two is killed, twice"))
        #expect(counts.failed == 0, "\(counts.messages)")
        #expect(Set(counts.failures.keys).isSubset(of: ["unavailable"]), "\(counts.messages)")
        #expect((counts.lost, counts.doubled) == (0, 0))
      }
    }

    @Test("the only instance is killed: calls are UNAVAILABLE until within 2 s of its return")
    func killTheOnlyOne() async throws {
      try await faults.run {
        try await faults.cases[1].end()
        var recovery = Duration.zero
        let counts = try await Load.run(on: faults, .init(deadline: .seconds(10))) { load in
          try await faults.cases[0].end(SIGKILL)
          let before = load.current.failedTries
          while load.current.failedTries < before + 50 { try await Task.sleep(for: .milliseconds(20)) }
          let returned = try await faults.cases[0].start()
          try await load.waitForCalls(200)
          recovery = max(.zero, (load.current.lastFailure ?? returned) - returned)
        }
        print(
          counts.line("the only instance is killed") + "; recovered \(recovery.formattedSeconds) s after its return")
        #expect(Set(counts.failures.keys) == ["unavailable"], "\(counts.messages)")
        #expect(recovery <= .seconds(2))
        #expect((counts.lost, counts.doubled) == (0, 0))
      }
    }

    @Test("services and gateways are restarted one after the other: no call fails")
    func rollingRestart() async throws {
      try await faults.run(FaultSystem.services) {
        let counts = try await Load.run(on: faults, .init(asked: FaultSystem.services)) { load in
          for (service, instance) in faults.backends {
            try await instance.end()
            try await instance.start()
            try await faults.waitUntilServed(service)
            try await load.waitForCalls(50)
          }
          for gateway in faults.gateways {
            try await gateway.end()
            try await gateway.start()
            for service in FaultSystem.services { try await faults.waitUntilServed(service) }
            try await load.waitForCalls(50)
          }
        }
        print(counts.line("every service and the gateways are restarted in turn") + "; asked \(counts.asked)")
        #expect(counts.failures.isEmpty, "\(counts.messages)")
        #expect(counts.asked.values.allSatisfy { $0 > 50 } && counts.asked.count == 4)
        #expect((counts.lost, counts.doubled) == (0, 0))
      }
    }

    @Test("certificates change on disk: no call fails, and new connections get the new ones")
    func rotateCertificates() async throws {
      try await faults.run {
        let before = try await servedCertificate()
        let counts = try await Load.run(on: faults) { load in
          for name in ["gateway", "cases"] {
            try FileManager.default.removeItem(atPath: "\(faults.system.state)/tls/services/\(name).pem")
          }
          let made = try await faults.system.deploy("tls/certificates", "\(faults.system.state)/tls")
          try #require(made.status == 0, "\(made.text)")
          for _ in 1...100 where try await servedCertificate() == before { try await load.waitForCalls(50) }
          try await load.waitForCalls(100)
        }
        print(counts.line("certificates change on disk"))
        #expect(try await servedCertificate() != before)
        #expect(counts.failures.isEmpty, "\(counts.messages)")
        #expect((counts.lost, counts.doubled) == (0, 0))
      }
    }

    /// The fingerprint of what the first gateway shows.
    private func servedCertificate() async throws -> String {
      let script = """
        openssl s_client -alpn h2 -connect 127.0.0.1:\(faults.gateways[0].port) </dev/null 2>/dev/null |
          openssl x509 -noout -fingerprint -sha256
        """
      return try await CommandRun.run("/bin/bash", ["-c", script]).output
    }

    @Test("an instance hangs: deadlines hold, the other one serves, the connection is replaced")
    func hang() async throws {
      try await faults.run {
        let hung = faults.cases[1]
        var before: Set<Int> = []
        var after: Set<Int> = []
        var late = 0
        let counts = try await Load.run(on: faults, .init(deadline: .seconds(1))) { load in
          before = try await connections(to: hung)
          hung.signal(SIGSTOP)
          // The gateways find it out in 4 s. A transaction that it was in holds its locks for 10 s.
          try await Task.sleep(for: .seconds(14))
          let failures = load.current.failedTries
          try await Task.sleep(for: .seconds(6))
          late = load.current.failedTries - failures
          hung.signal(SIGCONT)
          try await load.waitForCalls(100)
          for _ in 1...200 where after.isEmpty { after = try await connections(to: hung) }
        }
        print(counts.line("an instance hangs for 20 s") + "; \(late) failed tries after the first 14 s")
        #expect(
          counts.failures.keys.allSatisfy { ["deadlineExceeded", "unavailable"].contains($0) }, "\(counts.messages)")
        #expect(counts.longestTry < .seconds(2))
        #expect(late == 0)
        #expect(!before.isEmpty && before.isDisjoint(with: after), "\(before) \(after)")
        #expect((counts.lost, counts.doubled) == (0, 0))
      }
    }

    /// The gateways' own ports of their connections to an instance.
    private func connections(to instance: Instance) async throws -> Set<Int> {
      let list = try await CommandRun.run(
        "/bin/ss", ["-Htn", "state", "established", "dport", "=", ":\(instance.port)"])
      let ports = list.output.split(separator: "\n").compactMap { line in
        line.split(separator: " ").dropFirst(2).first?.split(separator: ":").last.flatMap { Int($0) }
      }
      return Set(ports)
    }
  }
}
