import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil evidence`.
struct EvidenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Evidence: what there is, who holds it, and its content.",
    subcommands: [
      EvidenceCreateCommand.self, EvidenceListCommand.self, EvidenceGetCommand.self, EvidenceUpdateCommand.self,
      EvidenceUploadCommand.self, EvidenceDownloadCommand.self, EvidenceHandOverCommand.self,
      EvidenceReceiveCommand.self, EvidenceCustodyCommand.self, EvidenceHoldCommand.self, EvidenceLiftHoldCommand.self,
      EvidenceDisposeCommand.self,
    ]
  )
}

extension PBListEvidenceItemsRequest: EntriesMessage {}
extension PBListCustodyEventsRequest: EntriesMessage {}
extension PBCreateEvidenceItemRequest: CaseTrialMessage {}
extension PBUpdateEvidenceItemRequest: CaseTrialMessage {}
extension PBHandOverEvidenceRequest: CaseTrialMessage {}
extension PBReceiveEvidenceRequest: CaseTrialMessage {}
extension PBPlaceLegalHoldRequest: CaseTrialMessage {}
extension PBLiftLegalHoldRequest: CaseTrialMessage {}
extension PBProposeDisposalRequest: CaseTrialMessage {}
extension PBConfirmDisposalRequest: CaseChangeMessage {}

/// What is said of an item.
struct EvidenceOptions: ParsableArguments {
  @Option(help: "PHOTOGRAPH, VIDEO, DOCUMENT, WITNESS_STATEMENT, FORENSIC_REPORT, WEAPON, ….")
  var type: String = ""
  @Option(help: ArgumentHelp("What it is, no names of persons.", valueName: "text"))
  var description: String = ""
  @Option(help: ArgumentHelp("Who collected it, by function.", valueName: "text"))
  var collectedBy: String = ""
  @Option(help: ArgumentHelp("When: 2020-05-12, 2020-05 or 2020.", valueName: "date"))
  var collectedDate: String = ""
  @Option(help: ArgumentHelp("Where.", valueName: "text"))
  var collectedPlace: String = ""
  @Option(help: ArgumentHelp("Of the content: image/jpeg.", valueName: "type"))
  var mediaType: String = ""
  @Option(help: ArgumentHelp("For and against its being admitted.", valueName: "text"))
  var admissibility: String = ""
  @Option(help: ArgumentHelp("Until when it is retained, the day included.", valueName: "date"))
  var retention: String = ""
  @Option(help: "CONFIDENTIAL or STRICTLY_CONFIDENTIAL, where it is more than the case.")
  var classification: String = ""

  func message() throws(CommandFailure) -> PBEvidenceItem {
    var item = PBEvidenceItem()
    if !type.isEmpty { item.type = try word(type, option: "type") }
    item.description_p = description
    item.collectedBy = collectedBy
    if !collectedDate.isEmpty { item.collectedDate = try Self.date(collectedDate, "collected-date") }
    item.collectedPlace = collectedPlace
    item.mediaType = mediaType
    item.admissibilityNotes = admissibility
    if !retention.isEmpty { item.retentionDate = try Self.date(retention, "retention") }
    if !classification.isEmpty { item.classification = try word(classification, option: "classification") }
    return item
  }

  private static func date(_ text: String, _ option: String) throws(CommandFailure) -> PBPartialDate {
    guard let date = PBPartialDate(text: text) else {
      throw CommandFailure(status: .usage, reason: "--\(option) must be YYYY, YYYY-MM or YYYY-MM-DD, not '\(text)'")
    }
    return date
  }
}

/// `vigil evidence create`.
struct EvidenceCreateCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Puts an item on record of a case.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @OptionGroup var item: EvidenceOptions
  @Option(help: ArgumentHelp("Whose it is, by the party's code; yours if left out.", valueName: "party"))
  var originator: String = ""
  @Option(help: ArgumentHelp("Who holds it, by the party's code; you if left out.", valueName: "party"))
  var holder: String = ""
  @Option(help: ArgumentHelp("Where the holder keeps it.", valueName: "text"))
  var custodian: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateEvidenceItemRequest {
    var request = PBCreateEvidenceItemRequest()
    request.parent = resourceName(name, in: "cases")
    request.evidenceItem = try item.message()
    request.evidenceItem.originator = originator
    request.evidenceItem.holder = holder
    request.evidenceItem.custodian = custodian
    return request
  }

  func call(
    _ request: PBCreateEvidenceItemRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEvidenceItem {
    try await PBEvidenceService.Client(wrapping: client).createEvidenceItem(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil evidence update`.
struct EvidenceUpdateCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Says something else of an item: what is given here, the rest as before.")

  @OptionGroup var subject: CaseTargetOptions
  @OptionGroup var item: EvidenceOptions
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBUpdateEvidenceItemRequest {
    var request = PBUpdateEvidenceItemRequest()
    request.evidenceItem = try item.message()
    request.evidenceItem.name = subject.name
    request.evidenceItem.etag = subject.etag
    return request
  }

  func call(
    _ request: PBUpdateEvidenceItemRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEvidenceItem {
    try await PBEvidenceService.Client(wrapping: client).updateEvidenceItem(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil evidence list`.
struct EvidenceListCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the evidence of a case.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListEvidenceItemsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBEvidenceItem], next: String) {
    let page = try await PBEvidenceService.Client(wrapping: client).listEvidenceItems(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.evidenceItems, page.nextPageToken)
  }
}

/// `vigil evidence get`.
struct EvidenceGetCommand: CallingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows an item.")

  @OptionGroup var entries: EntriesOptions

  var connection: ConnectionOptions { entries.connection }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBGetEvidenceItemRequest()
    request.name = entries.name
    if let time = entries.at?.time { request.readTime = time }
    let found = try await PBEvidenceService.Client(wrapping: client).getEvidenceItem(
      request, metadata: entries.use.metadata, options: callOptions)
    try RecordWriter(format: entries.output.format, columns: PBEvidenceItem.columns, console: console).write(found)
  }
}
