import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil sharing`.
struct SharingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sharing",
    abstract: "How States ask for data of cases, and get them.",
    subcommands: [
      SharingListCommand.self, SharingGetCommand.self, SharingRequestCommand.self, SharingMoveCommand.self,
      SharingReviewCommand.self, SharingWaiveCommand.self, SharingRecordCommand.self, SharingApproveCommand.self,
      SharingRefuseCommand.self, SharingConfirmCommand.self, SharingWithdrawCommand.self, SharingPackageCommand.self,
      PackagesCommand.self, SharingDownloadCommand.self, SharingAttributeCommand.self,
    ]
  )
}

/// `vigil sharing list`.
struct SharingListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what States ask for.", discussion: "Filters know case, party and state.")

  @OptionGroup var list: ListOptions
  @OptionGroup var use: PurposeOptions

  func page(
    _ request: PBListSharingRequestsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBSharingRequest], next: String) {
    let page = try await PBSharingService.Client(wrapping: client).listSharingRequests(
      request, metadata: use.metadata, options: callOptions)
    return (page.sharingRequests, page.nextPageToken)
  }
}

/// `vigil sharing get`.
struct SharingGetCommand: ShowingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows one of them.")

  @OptionGroup var show: ShowOptions

  func find(_ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions) async throws -> PBSharingRequest {
    try await PBSharingService.Client(wrapping: client).getSharingRequest(
      .with { $0.name = resourceName(show.name, in: "sharingRequests") }, metadata: show.use.metadata,
      options: callOptions)
  }
}

/// `vigil sharing request`.
struct SharingRequestCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "request", abstract: "Asks for data of a case that your State has to do with.")

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Argument(help: "Data classes: CORE, EXACT, SUSPECT_IDENTITY, ….")
  var dataClasses: [String]
  @Option(help: ArgumentHelp("What for: INVESTIGATION, PROSECUTION, ….", valueName: "purpose"))
  var purpose: String
  @Option(help: ArgumentHelp("On what ground.", valueName: "text"))
  var legalBasis: String
  @Option(help: ArgumentHelp("What else there is to say.", valueName: "text"))
  var detail = ""
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateSharingRequestRequest {
    var request = PBCreateSharingRequestRequest()
    request.sharingRequest.case = resourceName(name, in: "cases")
    request.sharingRequest.dataClasses = try words(dataClasses, option: "data-classes")
    request.sharingRequest.purpose = try word(purpose, option: "purpose")
    request.sharingRequest.legalBasis = legalBasis
    request.sharingRequest.detail = detail
    return request
  }

  func call(
    _ request: PBCreateSharingRequestRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBSharingRequest {
    try await PBSharingService.Client(wrapping: client).createSharingRequest(request, options: callOptions)
  }
}

/// A command that takes a step of a request: which, and with what.
protocol SharingStepCommand: ChangingCommand
where Request == PBTransitionSharingRequestRequest, Answer == PBSharingRequest {
  var target: TargetOptions { get }

  func fill(_ request: inout PBTransitionSharingRequestRequest) throws(CommandFailure)
}

extension SharingStepCommand {
  func request() throws(CommandFailure) -> PBTransitionSharingRequestRequest {
    var request = PBTransitionSharingRequestRequest()
    request.name = target.name(in: "sharingRequests")
    request.etag = target.etag
    try fill(&request)
    return request
  }

  func call(
    _ request: PBTransitionSharingRequestRequest, _ client: GRPCClient<some ClientTransport>,
    _ callOptions: CallOptions
  ) async throws -> PBSharingRequest {
    try await PBSharingService.Client(wrapping: client).transitionSharingRequest(request, options: callOptions)
  }
}

/// `vigil sharing move`.
struct SharingMoveCommand: SharingStepCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Takes a step that needs no more than that: LEGAL_REVIEW, ….")

  @OptionGroup var target: TargetOptions
  @Argument(help: "Where it is to stand.")
  var state: String
  @OptionGroup var change: ChangeOptions

  func fill(_ request: inout PBTransitionSharingRequestRequest) throws(CommandFailure) {
    request.state = try word(state, option: "state")
  }
}

/// `vigil sharing review`.
struct SharingReviewCommand: SharingStepCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Ends the legal review: for the Office of Legal Affairs.")

  @OptionGroup var target: TargetOptions
  @Option(help: "Whether immunity must be waived first: PENDING, or NOT_NEEDED.")
  var waiver: String
  @Option(help: ArgumentHelp("The opinion, by its symbol.", valueName: "symbol"))
  var document = ""
  @OptionGroup var change: ChangeOptions

  func fill(_ request: inout PBTransitionSharingRequestRequest) throws(CommandFailure) {
    let safeguard = try PBSafeguard(.immunityWaiver, waiver, document)
    request.state = safeguard.outcome == .pending ? .waiverPending : .safeguards
    request.safeguards = [safeguard]
  }
}

/// `vigil sharing waive`.
struct SharingWaiveCommand: SharingStepCommand {
  static let configuration = CommandConfiguration(
    commandName: "waive", abstract: "Records that immunity was waived: for the Office of Legal Affairs.")

  @OptionGroup var target: TargetOptions
  @Option(help: ArgumentHelp("The waiver, by its symbol.", valueName: "symbol"))
  var document: String
  @OptionGroup var change: ChangeOptions

  func fill(_ request: inout PBTransitionSharingRequestRequest) throws(CommandFailure) {
    request.state = .safeguards
    request.safeguards = [try PBSafeguard(.immunityWaiver, "SATISFIED", document)]
  }
}

/// `vigil sharing approve`.
struct SharingApproveCommand: SharingStepCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Approves a request, as another person than asked and than reviewed it.")

  @OptionGroup var target: TargetOptions
  @Option(help: "When the document can no longer be fetched: 2027-01-31.")
  var until: Instant
  @Option(name: .customLong("class"), help: "Of what was asked for only this; repeat for more.")
  var classes: [String] = []
  @Option(name: .customLong("condition"), help: ArgumentHelp("On what condition; repeat for more.", valueName: "text"))
  var conditions: [String] = []
  @OptionGroup var change: ChangeOptions

  func fill(_ request: inout PBTransitionSharingRequestRequest) throws(CommandFailure) {
    request.state = .approved
    request.approvedClasses = try words(classes, option: "class")
    request.conditions = conditions
    request.expireTime = until.time
  }
}

/// `vigil sharing refuse`.
struct SharingRefuseCommand: SharingStepCommand {
  static let configuration = CommandConfiguration(commandName: "refuse", abstract: "Refuses a request.")

  @OptionGroup var target: TargetOptions
  @Option(help: ArgumentHelp("What the State is told.", valueName: "text"))
  var answer: String
  @OptionGroup var change: ChangeOptions

  func fill(_ request: inout PBTransitionSharingRequestRequest) {
    request.state = .refused
    request.answer = answer
  }
}

/// `vigil sharing confirm`.
struct SharingConfirmCommand: SharingStepCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Confirms, for the State that asked, that it has the document.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var change: ChangeOptions

  func fill(_ request: inout PBTransitionSharingRequestRequest) { request.state = .receiptConfirmed }
}

/// `vigil sharing withdraw`.
struct SharingWithdrawCommand: SharingStepCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "Withdraws a request, for the State that asked.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var change: ChangeOptions

  func fill(_ request: inout PBTransitionSharingRequestRequest) { request.state = .withdrawn }
}

/// `vigil sharing record`.
struct SharingRecordCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Records how it stands with a safeguard.")

  @OptionGroup var target: TargetOptions
  @Argument(help: "IMMUNITY_WAIVER, RISK_ASSESSMENT or DEATH_PENALTY_ASSURANCE.")
  var kind: String
  @Argument(help: "SATISFIED, NOT_NEEDED or PENDING.")
  var outcome: String
  @Option(help: ArgumentHelp("The document that says so.", valueName: "symbol"))
  var document = ""
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBRecordSafeguardsRequest {
    var request = PBRecordSafeguardsRequest()
    request.name = target.name(in: "sharingRequests")
    request.etag = target.etag
    request.safeguards = [try PBSafeguard(try word(kind, option: "kind"), outcome, document)]
    return request
  }

  func call(
    _ request: PBRecordSafeguardsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBSharingRequest {
    try await PBSharingService.Client(wrapping: client).recordSafeguards(request, options: callOptions)
  }
}

extension PBSafeguard {
  fileprivate init(_ kind: Kind, _ outcome: String, _ document: String) throws(CommandFailure) {
    self.init()
    self.kind = kind
    self.outcome = try word(outcome, option: "outcome")
    self.document = document
  }
}
