import Foundation
import Testing
import TestSupport

extension EndToEnd {
  /// What a case officer and a Member State's system get from a system that deploy/up has started. The figures
  /// are those of the publication of 4 April 2025, counted by other means (see Services/Cases/Data).
  @Suite("The register, end to end")
  struct RegisterTests {
    private let system: LocalSystem

    init() throws {
      system = try #require(LocalSystem.current)
    }

    private struct Case: Decodable {
      var name: String
      var mission: String
      var victimCount: Int
    }

    @Test("everything is ready once deploy/up returns")
    func ready() async throws {
      let status = try await system.deploy("status")
      #expect(status.status == 0, "\(status.text)")
      for name in ["postgres", "gateway", "cases", "notifications", "access", "reporting"] {
        #expect(status.output.contains(try Regex("(?m)^\(name) +ready +[0-9]+ ")), "\(status.output)")
      }
    }

    @Test("the gateway tells the health of every service")
    func health() async throws {
      let status = try await system.vigil("status", "--format", "csv")
      #expect(status.status == 0, "\(status.text)")
      for name in ["(whole system)", "vigil.access", "vigil.cases", "vigil.notifications", "vigil.reporting"] {
        #expect(status.output.contains("\r\n\(name),SERVING\r\n"), "\(status.output)")
      }
    }

    @Test("the sample register is there, every case once over all pages")
    func sample() async throws {
      let list = try await system.vigil("cases", "list", "--all", "--page-size", "100", "--format", "json")
      #expect(list.status == 0, "\(list.errors)")
      let cases = try JSONDecoder().decode([Case].self, from: Data(list.output.utf8))
      #expect(cases.count == 429)
      #expect(Set(cases.map(\.name)).count == 429)
      #expect(cases.map(\.victimCount).reduce(0, +) == 799)
    }

    @Test("a filter narrows the list; a case can be read by the name that the list gave")
    func filterAndGet() async throws {
      let list = try await system.vigil(
        "cases", "list", "--all", "--format", "json", "--filter", "mission = MINUSMA AND incident_date >= 2013"
      )
      let cases = try JSONDecoder().decode([Case].self, from: Data(list.output.utf8))
      #expect(cases.map(\.victimCount).reduce(0, +) == 107)
      #expect(cases.allSatisfy { $0.mission == "missions/minusma" })
      let first = try #require(cases.first)
      let found = try await system.vigil("cases", "get", first.name)
      #expect(found.status == 0, "\(found.errors)")
      #expect(found.output.contains(first.name))
      #expect(found.output.contains("CASUALTY ID"))
    }

    @Test("missions are there with their hosts")
    func missions() async throws {
      let mission = try await system.vigil("missions", "get", "MINUSMA")
      #expect(mission.status == 0, "\(mission.errors)")
      #expect(mission.output.contains("MLI"))
      let list = try await system.vigil("missions", "list", "--all", "--format", "csv")
      #expect(list.output.contains("MINUSMA"))
    }

    @Test("importing the same publication again changes nothing")
    func importAgain() async throws {
      struct Counts: Decodable {
        var created: Int?
        var changed: Int?
        var unchanged: Int?
        var refused: Int?
      }
      struct Report: Decodable { var rows, cases, victims: Counts }
      let again = try await system.vigil("import", "un-fatalities", LocalSystem.sample, "--format", "json")
      #expect(again.status == 0, "\(again.errors)")
      let report = try JSONDecoder().decode(Report.self, from: Data(again.output.utf8))
      #expect(report.rows.unchanged == 3140)
      #expect(report.cases.unchanged == 429)
      #expect(report.victims.unchanged == 799)
      for counts in [report.rows, report.cases, report.victims] {
        #expect((counts.created ?? 0, counts.changed ?? 0) == (0, 0))
      }
    }

    @Test(
      "a file that is something else is refused with a reason, and changes nothing",
      arguments: [
        ("", "FILE_EMPTY"),
        ("name,date\r\nx,2020\r\n", "FILE_HEADER_MISMATCH"),
        ("PK\u{3}\u{4}\u{0}\u{0}\u{8}", "FILE_NOT_TEXT"),
      ]
    )
    func wrongFile(_ contents: String, _ reason: String) async throws {
      let folder = try TemporaryFolder("import")
      let refused = try await system.vigil("import", "un-fatalities", folder.write(contents, to: "wrong.csv"))
      #expect(refused.status == 65, "\(refused.text)")
      #expect(refused.errors.contains(reason), "\(refused.errors)")
      #expect(refused.output.isEmpty)
    }

    @Test("a file far too large is refused by its size, without being read into anybody's memory")
    func hugeFile() async throws {
      let folder = try TemporaryFolder("import")
      let cases = try #require(system.processID(of: "cases"))
      // 2 GB that take no place on the disk. The command may have a quarter of that as memory of its own.
      let script = """
        set -e
        truncate -s 2G "$1/huge.csv"
        ulimit -d 524288
        exec "$2" import un-fatalities "$1/huge.csv"
        """
      let before = try ProcessFigures(of: cases)
      let refused = try await CommandRun.run(
        "/bin/bash", ["-c", script, "bash", folder.path, "\(system.state)/bin/vigil"])
      #expect(refused.status == 65, "\(refused.text)")
      #expect(refused.errors.contains("FILE_TOO_LARGE"), "\(refused.errors)")
      #expect(try ProcessFigures(of: cases).peakMemory - before.peakMemory < 32 << 20)
    }

    @Test("a Member State's system reads what it has to do with, and may not import")
    func readsOnly() async throws {
      let list = try await system.vigil("cases", "list", "--all", "--format", "json", "--as", "example-state")
      #expect(list.status == 0, "\(list.errors)")
      // The cases of the mission in Mali, and those in which nationals of Mali died elsewhere.
      let cases = try JSONDecoder().decode([Case].self, from: Data(list.output.utf8))
      #expect(cases.contains { $0.mission == "missions/minusma" } && cases.count < 429)
      let abroad = try await system.vigil("cases", "list", "--format", "json", "--filter", "mission = UNIFIL")
      let foreign = try #require(try JSONDecoder().decode([Case].self, from: Data(abroad.output.utf8)).first)
      let forbidden = try await system.vigil("cases", "get", foreign.name, "--as", "example-state")
      #expect(forbidden.status == 66 && forbidden.errors.contains("RESOURCE_NOT_FOUND"), "\(forbidden.text)")
      let refused = try await system.vigil("import", "un-fatalities", LocalSystem.sample, "--as", "example-state")
      #expect(refused.status == 77, "\(refused.text)")
      #expect(refused.errors.contains("METHOD_NOT_PERMITTED"), "\(refused.errors)")
    }

    @Test("an older publication does not undo a newer one")
    func olderPublication() async throws {
      let older = "\(LocalSystem.root)/Services/Cases/Data/un-peacekeeping-fatalities-2023-11-28.csv"
      let refused = try await system.vigil("import", "un-fatalities", older)
      #expect(refused.status == 65, "\(refused.text)")
      #expect(refused.errors.contains("PUBLICATION_SUPERSEDED"))
    }

    @Test(
      "what is wrong is told with the status of its kind",
      arguments: [
        (["cases", "list", "--filter", "colour = red"], Int32(64), "INVALID_FILTER"),
        (["cases", "list", "--page-size=-1"], 64, "page_size"),
        (["cases", "list", "--page-token", "tampered"], 64, "INVALID_PAGE_TOKEN"),
        (["cases", "get", "cases/018f0000-0000-7000-8000-000000000000"], 66, "RESOURCE_NOT_FOUND"),
        (["cases", "get", "no/such/name"], 64, "INVALID_RESOURCE_NAME"),
        (["import", "un-fatalities", "/nowhere.csv"], 66, "/nowhere.csv"),
        (["cases", "list", "--timeout", "soon"], 64, "soon"),
        (["cases", "lst"], 64, "lst"),
        (["status", "--address", "127.0.0.1:1"], 69, "127.0.0.1:1"),
        (["status", "--ca", "/nowhere/ca.pem"], 78, "/nowhere/ca.pem"),
      ]
    )
    func failures(_ arguments: [String], _ status: Int32, _ text: String) async throws {
      let run = try await CommandRun.run("\(system.state)/bin/vigil", arguments)
      #expect(run.status == status, "\(run.text)")
      #expect(run.errors.contains(text), "\(run.errors)")
    }

    @Test("an authority that did not sign the gateway's certificate is not trusted")
    func otherAuthority() async throws {
      let folder = try TemporaryFolder("tls")
      let made = try await CommandRun.run("\(LocalSystem.root)/deploy/tls/certificates", [folder.path])
      #expect(made.status == 0, "\(made.text)")
      let run = try await system.vigil("status", "--ca", folder.file("ca.pem"))
      #expect(run.status != 0)
      #expect(run.errors.contains(folder.file("ca.pem")), "\(run.errors)")
    }
  }
}
