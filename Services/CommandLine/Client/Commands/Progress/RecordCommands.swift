import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil progress proceedings list`.
struct ProceedingsListCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the proceedings of a case.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListProceedingsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBProceeding], next: String) {
    let page = try await PBProgressService.Client(wrapping: client).listProceedings(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.proceedings, page.nextPageToken)
  }
}

/// `vigil progress proceedings add`.
struct ProceedingsAddCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records where a crime is looked into.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Option(help: "HOST_CIVIL, HOST_MILITARY, THIRD_STATE, ICC, ….")
  var forum: String
  @Option(help: ArgumentHelp("Whose courts they are: EGY.", valueName: "party"))
  var party: String
  @Option(help: ArgumentHelp("Who leads it.", valueName: "text"))
  var authority: String = ""
  @Option(help: ArgumentHelp("Its number there.", valueName: "text"))
  var docket: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateProceedingRequest {
    var request = PBCreateProceedingRequest()
    request.parent = resourceName(name, in: "cases")
    request.proceeding.forum = try word(forum, option: "forum")
    request.proceeding.party = party
    request.proceeding.authority = authority
    request.proceeding.docket = docket
    return request
  }

  func call(
    _ request: PBCreateProceedingRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBProceeding {
    try await PBProgressService.Client(wrapping: client).createProceeding(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil progress facts list`.
struct FactsListCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what is recorded of a proceeding.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListProceedingFactsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBProceedingFact], next: String) {
    let page = try await PBProgressService.Client(wrapping: client).listProceedingFacts(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.facts, page.nextPageToken)
  }
}

/// `vigil progress facts add`.
struct FactsAddCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records what happened in a proceeding.")

  @Argument(help: "The proceeding, cases/…/proceedings/… as a list shows it.")
  var proceeding: String
  @Option(help: "CHARGE, HEARING, APPEAL_DEADLINE, APPEAL_WAIVED, SENTENCE, CUSTODY or NEW_FACT.")
  var kind: String
  @Option(help: ArgumentHelp("What; no names of persons.", valueName: "text"))
  var detail: String
  @Option(help: ArgumentHelp("When.", valueName: "date"))
  var date: String = ""
  @Option(help: ArgumentHelp("The track of the accused that it concerns.", valueName: "name"))
  var track: String = ""
  @Option(help: ArgumentHelp("Symbol of the document that it is known from.", valueName: "symbol"))
  var document: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateProceedingFactRequest {
    var request = PBCreateProceedingFactRequest()
    request.parent = proceeding
    request.fact.kind = try word(kind, option: "kind")
    request.fact.detail = detail
    if !date.isEmpty { request.fact.date = try partialDate(date, option: "date") }
    request.fact.track = track
    request.fact.document = document
    return request
  }

  func call(
    _ request: PBCreateProceedingFactRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBProceedingFact {
    try await PBProgressService.Client(wrapping: client).createProceedingFact(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil progress suspects list`.
struct SuspectsListCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the suspects of a case.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListSuspectsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBSuspect], next: String) {
    let page = try await PBProgressService.Client(wrapping: client).listSuspects(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.suspects, page.nextPageToken)
  }
}

/// `vigil progress suspects add`.
struct SuspectsAddCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records somebody who may have taken part.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Option(help: ArgumentHelp("Name or alias.", valueName: "text"))
  var alias: String
  @Option(help: "UNIDENTIFIED, IDENTIFIED, AT_LARGE, WANTED, ….")
  var status: String
  @Option(help: ArgumentHelp("Group or force.", valueName: "text"))
  var affiliation: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateSuspectRequest {
    var request = PBCreateSuspectRequest()
    request.parent = resourceName(name, in: "cases")
    request.suspect.alias = alias
    request.suspect.status = try word(status, option: "status")
    request.suspect.affiliation = affiliation
    return request
  }

  func call(
    _ request: PBCreateSuspectRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBSuspect {
    try await PBProgressService.Client(wrapping: client).createSuspect(
      request, metadata: change.use.metadata, options: callOptions)
  }
}

/// `vigil progress communications list`.
struct CommunicationsListCommand: CaseEntriesCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the communications about a case.")

  @OptionGroup var entries: EntriesOptions

  func page(
    _ request: PBListCommunicationsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBCommunication], next: String) {
    let page = try await PBProgressService.Client(wrapping: client).listCommunications(
      request, metadata: entries.use.metadata, options: callOptions)
    return (page.communications, page.nextPageToken)
  }
}

/// `vigil progress communications add`.
struct CommunicationsAddCommand: CaseTrialCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records a note verbale, letter or meeting.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Option(help: "NOTE_VERBALE, LETTER, MEETING or MESSAGE.")
  var kind: String
  @Option(help: "OUTGOING or INCOMING.")
  var direction: String
  @Option(help: "NOTIFICATION, ACKNOWLEDGEMENT, UPDATE, REQUEST, PROTEST or OTHER.")
  var act: String
  @Option(help: ArgumentHelp("The other side: EGY.", valueName: "party"))
  var party: String
  @Option(help: ArgumentHelp("When it was sent or held.", valueName: "date"))
  var sent: String
  @Option(help: ArgumentHelp("Its symbol.", valueName: "symbol"))
  var symbol: String = ""
  @Option(help: ArgumentHelp("What it is about.", valueName: "text"))
  var subject: String = ""
  @Option(help: ArgumentHelp("The communication that it answers.", valueName: "name"))
  var answers: String = ""
  @OptionGroup var rehearsal: CaseTrialOptions
  @OptionGroup var change: CaseChangeOptions

  func request() throws(CommandFailure) -> PBCreateCommunicationRequest {
    var request = PBCreateCommunicationRequest()
    request.parent = resourceName(name, in: "cases")
    request.communication.kind = try word(kind, option: "kind")
    request.communication.direction = try word(direction, option: "direction")
    request.communication.act = try word(act, option: "act")
    request.communication.party = party
    request.communication.sentDate = try partialDate(sent, option: "sent")
    request.communication.symbol = symbol
    request.communication.subject = subject
    request.communication.answers = answers
    return request
  }

  func call(
    _ request: PBCreateCommunicationRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBCommunication {
    try await PBProgressService.Client(wrapping: client).createCommunication(
      request, metadata: change.use.metadata, options: callOptions)
  }
}
