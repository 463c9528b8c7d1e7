import ArgumentParser
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CommandLineClient

@Suite("What the commands about submissions and requests for data ask for")
struct ExchangeCommandTests {
  private func parse<Command: ParsableCommand>(_ type: Command.Type, _ words: String...) throws -> Command {
    try #require(try VigilCommand.parseAsRoot(words.flatMap { $0.split(separator: " ").map(String.init) }) as? Command)
  }

  @Test("what is given, who may see it, and to whom it goes on")
  func submissions() throws {
    let add = try parse(
      SubmissionsAddCommand.self, "submissions add Call --text x --audience host_state --host-state XHH --case a",
      "--legal-basis law --reason test"
    ).request()
    #expect(add.submission.case == "cases/a" && add.submission.subject == "Call")
    #expect(add.submission.audience == .hostState && add.submission.hostState == "XHH")
    let update = try parse(
      SubmissionsUpdateCommand.self, "submissions update a --audience mission --reason test"
    ).request()
    #expect(update.submission.name == "submissions/a" && update.updateMask.paths == ["audience"])
    let move = try parse(
      SubmissionsMoveCommand.self, "submissions move a accepted --case b --result c --result d --reason test"
    ).request()
    #expect(move.state == .accepted && move.case == "cases/b" && move.results == ["c", "d"])
    let consent = try parse(
      SubmissionsConsentCommand.self, "submissions consent a XHH --condition closed --document NV/1 --reason test"
    ).request()
    #expect(consent.consent.recipient == "XHH" && consent.consent.conditions == ["closed"])
    let bad = try parse(SubmissionsMoveCommand.self, "submissions move a gone --reason test")
    #expect(throws: CommandFailure.self) { try bad.request() }
  }

  @Test("what is asked for, and each step with what it brings")
  func sharing() throws {
    let ask = try parse(
      SharingRequestCommand.self, "sharing request a CORE suspect_identity --purpose prosecution --legal-basis treaty",
      "--reason test"
    ).request()
    #expect(ask.sharingRequest.case == "cases/a" && ask.sharingRequest.dataClasses == [.core, .suspectIdentity])
    #expect(ask.sharingRequest.purpose == .prosecution)
    for (outcome, state) in [("PENDING", PBSharingRequest.State.waiverPending), ("NOT_NEEDED", .safeguards)] {
      let review = try parse(
        SharingReviewCommand.self, "sharing review a --waiver \(outcome) --document OLA/1 --reason test"
      ).request()
      #expect(review.name == "sharingRequests/a" && review.state == state && review.safeguards.count == 1)
    }
    let waive = try parse(SharingWaiveCommand.self, "sharing waive a --document SG/1 --reason test").request()
    #expect(waive.state == .safeguards && waive.safeguards[0].outcome == .satisfied)
    let record = try parse(
      SharingRecordCommand.self, "sharing record a risk_assessment satisfied --document HR/1 --reason test"
    ).request()
    #expect(record.safeguards[0].kind == .riskAssessment && record.safeguards[0].document == "HR/1")
    let approve = try parse(
      SharingApproveCommand.self, "sharing approve a --until 2027-01-31 --class CORE --condition closed --reason test"
    ).request()
    #expect(approve.state == .approved && approve.approvedClasses == [.core] && approve.conditions == ["closed"])
    #expect(approve.expireTime.text == "2027-01-31T00:00:00Z")
    let refuse = try parse(SharingRefuseCommand.self, "sharing refuse a --answer no --reason test").request()
    #expect(refuse.state == .refused && refuse.answer == "no")
    #expect(
      try parse(SharingConfirmCommand.self, "sharing confirm a --reason test").request().state == .receiptConfirmed)
    #expect(try parse(SharingWithdrawCommand.self, "sharing withdraw a --reason test").request().state == .withdrawn)
    let package = try parse(SharingPackageCommand.self, "sharing package a --etag x --reason test").request()
    #expect(package.sharingRequest == "sharingRequests/a" && package.etag == "x")
    let download = try parse(SharingDownloadCommand.self, "sharing download a out.json")
    #expect(download.name == "a" && download.file == "out.json")
  }
}
