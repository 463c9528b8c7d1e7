import Foundation
import Testing
import TestSupport

extension EndToEnd {
  /// What operators do to a system, and what happens to it.
  @Suite("Operation")
  struct OperationTests {
    private let system: LocalSystem

    private static let names = ["gateway", "cases", "notifications", "access", "reporting", "postgres"]

    init() throws {
      system = try #require(LocalSystem.current)
    }

    @Test("deploy/up again changes nothing and restarts nothing")
    func upAgain() async throws {
      let before = Self.names.map(system.processID)
      let certificate = try TemporaryFolder.read("\(system.state)/tls/services/gateway.pem")
      let up = try await system.deploy("up", "--detach")
      #expect(up.status == 0, "\(up.text)")
      #expect(Self.names.map(system.processID) == before)
      #expect(try TemporaryFolder.read("\(system.state)/tls/services/gateway.pem") == certificate)
      #expect(!up.output.contains("Loading the sample register"))
    }

    @Test("a process that is killed comes back, and the system answers again", arguments: names)
    func killed(_ name: String) async throws {
      let process = try #require(system.processID(of: name))
      #expect(try await CommandRun.run("/bin/bash", ["-c", "kill -KILL \(process)"]).status == 0)
      // The supervisor takes the process's number away when it has seen it end.
      for _ in 1...1_000 where system.processID(of: name) == process {
        _ = try await CommandRun.run("/bin/sleep", ["0.02"])
      }
      let status = try await system.waitUntilReady()
      #expect(status.status == 0, "\(status.text)")
      #expect(system.processID(of: name) != process)
      #expect(try await system.vigil("cases", "list", "--page-size", "1").status == 0)
    }

    @Test("a port that is taken is named, with whom to ask for another")
    func portInUse() async throws {
      let folder = try TemporaryFolder("vigil-second")
      let up = try await system.deploy("up", "--detach", environment: ["VIGIL_STATE_DIR": folder.path])
      #expect(up.status == 1)
      #expect(
        up.errors.contains(try Regex("^deploy/up: port \(system.firstPort) .*is in use.* VIGIL_PUBLIC_PORT=…\n$")),
        "\(up.errors)"
      )
    }

    @Test(
      "a database URL that does not work is told in one line",
      arguments: [
        ("mysql://localhost/vigil", "must look like postgresql://"),
        ("postgresql://nobody:hushhush@127.0.0.1:1/vigil", "Connection refused"),
      ]
    )
    func wrongDatabase(_ url: String, _ reason: String) async throws {
      let folder = try TemporaryFolder("vigil-second")
      var environment = ["VIGIL_STATE_DIR": folder.path, "VIGIL_DATABASE_URL": url]
      for (name, offset) in [("PUBLIC_PORT", 50), ("MESH_PORT", 51), ("SERVICE_PORTS", 60), ("ADMIN_PORTS", 70)] {
        environment["VIGIL_\(name)"] = "\(system.firstPort + offset)"
      }
      let up = try await system.deploy("up", "--detach", environment: environment)
      #expect(up.status == 1)
      #expect(up.errors.contains(reason), "\(up.errors)")
      #expect(up.errors.split(separator: "\n").count == 1, "\(up.errors)")
      #expect(!up.text.contains("hushhush"))
    }

    @Test("logs are shown by service; none holds a password")
    func logs() async throws {
      let logs = try await system.deploy("logs", "cases", "-n", "5")
      #expect(logs.status == 0, "\(logs.text)")
      #expect(!logs.output.isEmpty)
      let all = try await CommandRun.run(
        "/bin/sh", ["-c", "cat \(system.state)/secrets/* | grep -rFf - \(system.state)/log \(system.state)/run"]
      )
      #expect(all.status == 1, "\(all.output)")
    }

    @Test("deploy/down stops everything and keeps the data")
    func downAndUp() async throws {
      let down = try await system.deploy("down")
      #expect(down.status == 0, "\(down.text)")
      #expect(try await system.deploy("status").status == 3)
      #expect(Self.names.allSatisfy { system.processID(of: $0) == nil })
      let up = try await system.deploy("up", "--detach")
      #expect(up.status == 0, "\(up.text)")
      let list = try await system.vigil("cases", "list", "--all", "--page-size", "500", "--format", "csv")
      #expect(list.output.split(separator: "\r\n").count == 430)
    }

    @Test("deploy/down --purge does not remove anything unasked")
    func purgeAsks() async throws {
      let down = try await system.deploy("down", "--purge")
      #expect(down.status == 1)
      #expect(down.errors.contains("--yes"))
      #expect(try await system.deploy("status").status == 0)
    }
  }
}
