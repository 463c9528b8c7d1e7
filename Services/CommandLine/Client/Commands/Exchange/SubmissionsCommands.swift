import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI

/// `vigil submissions`.
struct SubmissionsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submissions",
    abstract: "What States give to the Secretary-General about a crime, and what is made of it.",
    subcommands: [
      SubmissionsListCommand.self, SubmissionsGetCommand.self, SubmissionsAddCommand.self,
      SubmissionsUpdateCommand.self, SubmissionsMoveCommand.self, SubmissionsConsentCommand.self,
      SubmissionsRetractCommand.self,
    ]
  )
}

/// `vigil submissions list`.
struct SubmissionsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists what States gave.", discussion: "Filters know case, party and state.")

  @OptionGroup var list: ListOptions
  @OptionGroup var use: PurposeOptions

  func page(
    _ request: PBListSubmissionsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBSubmission], next: String) {
    let page = try await PBSubmissionService.Client(wrapping: client).listSubmissions(
      request, metadata: use.metadata, options: callOptions)
    return (page.submissions, page.nextPageToken)
  }
}

/// `vigil submissions get`.
struct SubmissionsGetCommand: ShowingCommand {
  static let configuration = CommandConfiguration(commandName: "get", abstract: "Shows one of them.")

  @OptionGroup var show: ShowOptions

  func find(_ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions) async throws -> PBSubmission {
    try await PBSubmissionService.Client(wrapping: client).getSubmission(
      .with { $0.name = resourceName(show.name, in: "submissions") }, metadata: show.use.metadata, options: callOptions)
  }
}

/// `vigil submissions add`.
struct SubmissionsAddCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Gives information: about a case, or about one that you describe.")

  @Argument(help: "What it is, in a line.")
  var subject: String
  @Option(help: ArgumentHelp("The information.", valueName: "text"))
  var text: String
  @Option(help: "Who may see it: HEADQUARTERS, MISSION or HOST_STATE.")
  var audience: String
  @Option(help: "With HOST_STATE, which one: EGY.")
  var hostState = ""
  @Option(name: .customLong("case"), help: ArgumentHelp("The case that it is about.", valueName: "cases/…"))
  var caseName = ""
  @Option(help: ArgumentHelp("Without a case: which crime it is about.", valueName: "text"))
  var describing = ""
  @Option(help: ArgumentHelp("The law on which it is given.", valueName: "text"))
  var legalBasis = ""
  @Option(help: ArgumentHelp("The document that it came with.", valueName: "symbol"))
  var document = ""
  @Option(help: ArgumentHelp("The language of the text: fr.", valueName: "tag"))
  var language = ""
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateSubmissionRequest {
    var request = PBCreateSubmissionRequest()
    request.submission.case = optionalName(caseName, in: "cases")
    request.submission.description_p = describing
    request.submission.subject = subject
    request.submission.text = text
    request.submission.language = language
    request.submission.legalBasis = legalBasis
    request.submission.document = document
    request.submission.audience = try word(audience, option: "audience")
    request.submission.hostState = hostState
    return request
  }

  func call(
    _ request: PBCreateSubmissionRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBSubmission {
    try await PBSubmissionService.Client(wrapping: client).createSubmission(request, options: callOptions)
  }
}

/// `vigil submissions update`.
struct SubmissionsUpdateCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Makes another version of your own: only what is said changes.")

  @OptionGroup var target: TargetOptions
  @Option(help: ArgumentHelp("The information.", valueName: "text"))
  var text: String?
  @Option(help: "Who may see it: HEADQUARTERS, MISSION or HOST_STATE.")
  var audience: String?
  @Option(help: "With HOST_STATE, which one: EGY.")
  var hostState: String?
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBUpdateSubmissionRequest {
    var request = PBUpdateSubmissionRequest()
    request.submission.name = target.name(in: "submissions")
    request.submission.etag = target.etag
    if let text {
      request.submission.text = text
      request.updateMask.paths.append("text")
    }
    if let audience {
      request.submission.audience = try word(audience, option: "audience")
      request.updateMask.paths.append("audience")
    }
    if let hostState {
      request.submission.hostState = hostState
      request.updateMask.paths.append("host_state")
    }
    return request
  }

  func call(
    _ request: PBUpdateSubmissionRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBSubmission {
    try await PBSubmissionService.Client(wrapping: client).updateSubmission(request, options: callOptions)
  }
}

/// `vigil submissions move`.
struct SubmissionsMoveCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "move", abstract: "Takes a step: ACKNOWLEDGED, ACCEPTED, DECLINED; your own: WITHDRAWN.")

  @OptionGroup var target: TargetOptions
  @Argument(help: "Where it is to stand.")
  var state: String
  @Option(name: .customLong("case"), help: ArgumentHelp("The case that a description is of.", valueName: "cases/…"))
  var caseName = ""
  @Option(
    name: .customLong("result"),
    help: ArgumentHelp("With ACCEPTED: an assertion or a fact that it led to; repeat for more.", valueName: "name"))
  var results: [String] = []
  @Option(help: ArgumentHelp("With DECLINED: what the State is told.", valueName: "text"))
  var answer = ""
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBTransitionSubmissionRequest {
    var request = PBTransitionSubmissionRequest()
    request.name = target.name(in: "submissions")
    request.etag = target.etag
    request.state = try word(state, option: "state")
    request.case = optionalName(caseName, in: "cases")
    request.results = results
    request.answer = answer
    return request
  }

  func call(
    _ request: PBTransitionSubmissionRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBSubmission {
    try await PBSubmissionService.Client(wrapping: client).transitionSubmission(request, options: callOptions)
  }
}

/// `vigil submissions consent`.
struct SubmissionsConsentCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "consent", abstract: "Lets your own be passed on to a party.")

  @OptionGroup var target: TargetOptions
  @Argument(help: "To whom: EGY.")
  var recipient: String
  @Option(name: .customLong("condition"), help: ArgumentHelp("On what condition; repeat for more.", valueName: "text"))
  var conditions: [String] = []
  @Option(help: ArgumentHelp("The document by which it is given.", valueName: "symbol"))
  var document = ""
  @OptionGroup var change: ChangeOptions

  func request() -> PBGrantConsentRequest {
    var request = PBGrantConsentRequest()
    request.name = target.name(in: "submissions")
    request.etag = target.etag
    request.consent.recipient = recipient
    request.consent.conditions = conditions
    request.consent.document = document
    return request
  }

  func call(
    _ request: PBGrantConsentRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBSubmission {
    try await PBSubmissionService.Client(wrapping: client).grantConsent(request, options: callOptions)
  }
}

/// `vigil submissions retract`.
struct SubmissionsRetractCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "retract", abstract: "Withdraws a consent, for what is passed on from now on.")

  @OptionGroup var target: TargetOptions
  @Argument(help: "For whom the consent is: EGY.")
  var recipient: String
  @OptionGroup var change: ChangeOptions

  func request() -> PBWithdrawConsentRequest {
    var request = PBWithdrawConsentRequest()
    request.name = target.name(in: "submissions")
    request.etag = target.etag
    request.recipient = recipient
    return request
  }

  func call(
    _ request: PBWithdrawConsentRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBSubmission {
    try await PBSubmissionService.Client(wrapping: client).withdrawConsent(request, options: callOptions)
  }
}
