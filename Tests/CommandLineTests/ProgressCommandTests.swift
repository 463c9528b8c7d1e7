import ArgumentParser
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CommandLineClient

@Suite("What the commands about progress ask for")
struct ProgressCommandTests {
  private func parse<Command: ParsableCommand>(_ type: Command.Type, _ line: String) throws -> Command {
    try #require(try VigilCommand.parseAsRoot(line.split(separator: " ").map(String.init)) as? Command)
  }

  @Test("a case with its dates as precise as they are typed")
  func create() throws {
    let line = "cases create UNTSO --date 2020-05 --until 2020-06-01 --act killing --reason test --dry-run"
    let command = try parse(CasesCreateCommand.self, line)
    let request = try command.request()
    #expect(request.case.mission == "missions/untso" && request.case.act == .killing)
    #expect(request.case.incidentDate.text == "2020-05" && request.case.incidentEndDate.text == "2020-06-01")
    #expect(command.rehearsal.dryRun && command.change.reason == "test")
    let bad = try parse(CasesCreateCommand.self, "cases create UNTSO --date May --act KILLING --reason test")
    #expect(throws: CommandFailure.self) { try bad.request() }
  }

  @Test("a step, a closing, a reopening")
  func handling() throws {
    let move = try parse(CasesMoveCommand.self, "cases move cases/a TRIAGE --etag x --reason test").request()
    #expect(move.name == "cases/a/lifecycle" && move.state == .triage && move.etag == "x")
    let reopen = try parse(CasesReopenCommand.self, "cases reopen a --reason test").request()
    #expect(reopen.name == "cases/a/lifecycle" && reopen.state == .open)
    let close = try parse(
      CasesCloseCommand.self, "cases close cases/a --outcome ADMIN_CLOSED_UNRESOLVED --reason test"
    ).request()
    #expect(close.parent == "cases/a" && close.closure.outcome == .adminClosedUnresolved)
  }

  @Test("a victim, and of an update only what is given or cleared")
  func victims() throws {
    let add = try parse(
      VictimsAddCommand.self,
      "cases victims add a --category MIL_CONTINGENT --harm killed --nationality KEN --nationality UGA --reason test"
    ).request()
    #expect(add.parent == "cases/a" && add.victim.category == .milContingent && add.victim.harm == .killed)
    #expect(add.victim.nationalities == ["KEN", "UGA"])
    let update = try parse(
      VictimsUpdateCommand.self,
      "cases victims update cases/a/victims/b --died 2020-06 --count 3 --clear unit --etag x --reason test"
    ).request()
    #expect(update.victim.name == "cases/a/victims/b" && update.victim.etag == "x")
    #expect(update.victim.deathDate.text == "2020-06" && update.victim.headCount == 3)
    #expect(update.updateMask.paths == ["head_count", "death_date", "unit"])
    let bad = try parse(VictimsAddCommand.self, "cases victims add a --harm eaten --reason test")
    #expect(throws: CommandFailure.self) { try bad.request() }
  }

  @Test("a stage of a proceeding or of a protest")
  func stages() throws {
    let line =
      "progress assert cases/a/tracks/b VERDICT_GUILTY --source COURT_RECORD --certainty CONFIRMED --reason test"
    let request = try parse(AssertCommand.self, line).request()
    #expect(request.parent == "cases/a/tracks/b" && request.assertion.stage.accountability == .verdictGuilty)
    #expect(request.assertion.source == .courtRecord && request.assertion.certainty == .confirmed)
    #expect(try stage("DIPLOMATIC:RELEASED").diplomatic == .released)
    #expect(throws: CommandFailure.self) { try stage("LOST") }
  }

  @Test("a proposal names its case by its track")
  func proposals() throws {
    let line = "progress proposals assert cases/a/tracks/b ARRESTED --document x --reason test"
    let request = try parse(ProposalsAssertCommand.self, line).request()
    #expect(request.parent == "cases/a" && request.proposal.change.assertion.track == "cases/a/tracks/b")
    let bad = try parse(ProposalsAssertCommand.self, "progress proposals assert b ARRESTED --reason test")
    #expect(throws: CommandFailure.self) { try bad.request() }
  }

  @Test("a time is a moment, or the first of a day")
  func moments() throws {
    #expect(Moment(argument: "2027-01-31")?.time.text == "2027-01-31T00:00:00Z")
    #expect(Moment(argument: "2027-01-31T12:00:00Z")?.time.text == "2027-01-31T12:00:00Z")
    #expect(Moment(argument: "soon") == nil)
  }
}
