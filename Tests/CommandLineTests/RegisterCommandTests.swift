import ArgumentParser
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CommandLineClient

@Suite("What the commands about assistance, focal points and missions ask for")
struct RegisterCommandTests {
  private func parse<Command: ParsableCommand>(_ type: Command.Type, _ words: String...) throws -> Command {
    try #require(try VigilCommand.parseAsRoot(words.flatMap { $0.split(separator: " ").map(String.init) }) as? Command)
  }

  @Test("a request with its types and cases, and a step")
  func requests() throws {
    let add = try parse(
      AssistanceRequestsAddCommand.self,
      "assistance requests add UNTSO EGY --authority Prosecutor --type forensics --type judiciary --date 2021-03",
      "--case cases/a --case b --document NV/7 --reason test --dry-run")
    let request = try add.request()
    #expect(request.assistanceRequest.mission == "missions/untso" && request.assistanceRequest.hostState == "EGY")
    #expect(request.assistanceRequest.types == [.forensics, .judiciary])
    #expect(request.assistanceRequest.cases == ["cases/a", "cases/b"])
    #expect(request.assistanceRequest.requestDate.text == "2021-03" && add.rehearsal.dryRun)
    let move = try parse(
      AssistanceRequestsMoveCommand.self, "assistance requests move a IN_DELIVERY --etag x --reason test"
    ).request()
    #expect(move.name == "assistanceRequests/a" && move.state == .inDelivery && move.etag == "x")
    let bad = try parse(
      AssistanceRequestsMoveCommand.self, "assistance requests move a DONE --reason test")
    #expect(throws: CommandFailure.self) { try bad.request() }
  }

  @Test("an update names what it changes")
  func updates() throws {
    let update = try parse(
      AssistanceRequestsUpdateCommand.self, "assistance requests update a --mandate S/RES/2589 --reason test"
    ).request()
    #expect(update.updateMask.paths == ["mandate_basis"] && update.assistanceRequest.mandateBasis == "S/RES/2589")
    let mission = try parse(
      MissionsUpdateCommand.self, "missions update UNTSO --end 2030-01 --active false --reason test"
    ).request()
    #expect(mission.mission.name == "missions/untso" && mission.updateMask.paths == ["end_date", "active"])
    let host = try parse(
      MissionHostsUpdateCommand.self, "missions hosts update missions/untso/hosts/a --reviewed true --reason test"
    ).request()
    #expect(host.updateMask.paths == ["reviewed"] && host.missionHost.reviewed)
  }

  static let amountTable: [(String, Int64?, Int32)] = [
    ("12000.50 USD", 12_000, 500_000_000), ("5 eur", 5, 0), ("5.5 EUR", nil, 0), ("-5 EUR", nil, 0), ("5", nil, 0),
    (".50 EUR", nil, 0),
  ]

  @Test("an amount has a currency and whole hundredths", arguments: amountTable)
  func amounts(_ text: String, _ units: Int64?, _ nanos: Int32) {
    let amount = Amount(argument: text)
    #expect(amount?.money.units == units && (amount?.money.nanos ?? 0) == nanos)
    if text == "12000.50 USD" { #expect(amount?.money.text == text) }
  }

  @Test("a delivery, a contribution and a deployment")
  func records() throws {
    let delivery = try parse(
      DeliveriesAddCommand.self,
      "assistance deliveries add a --provider AU --type forensics --modality training --mandate m",
      "--assessment CLEARED --start 2021-05-06 --reason test"
    ).request()
    #expect(delivery.assistanceDelivery.request == "assistanceRequests/a")
    #expect(delivery.assistanceDelivery.humanRightsAssessment == .cleared && !delivery.assistanceDelivery.hasEndDate)
    let sent = try parse(
      DeploymentsAddCommand.self,
      "assistance deployments add UNTSO EGY --from XAA --document NV/9 --investigators 4 --start 2022 --reason test"
    ).request()
    #expect(sent.investigatorDeployment.sendingState == "XAA" && sent.investigatorDeployment.investigators == 4)
  }

  @Test("a seat is a mission's unless it is named, and a host ends one way")
  func seats() throws {
    let own = try parse(
      FocalPointsAppointCommand.self, "focal-points appoint UNTSO a --start 2026-01-01 --language fr --reason test"
    ).request()
    #expect(own.focalPoint.seat == .mission && own.focalPoint.mission == "missions/untso")
    #expect(own.focalPoint.principal == "principals/a" && own.focalPoint.languages == ["fr"])
    let senior = try parse(
      FocalPointsAppointCommand.self, "focal-points appoint SENIOR a --start 2026-01-01 --reason test"
    ).request()
    #expect(senior.focalPoint.seat == .senior && senior.focalPoint.mission.isEmpty)
    let end = try parse(MissionHostsEndCommand.self, "missions hosts end h --in-error --reason test").request()
    #expect(end.inError)
    #expect(throws: (any Error).self) {
      try parse(MissionHostsEndCommand.self, "missions hosts end h --in-error --end 2020 --reason test")
    }
  }
}
