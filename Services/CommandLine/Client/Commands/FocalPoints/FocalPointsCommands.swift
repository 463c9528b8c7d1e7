import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil focal-points`.
struct FocalPointsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "focal-points",
    abstract: "Who is the focal point of which mission, and which has none.",
    subcommands: [
      FocalPointsListCommand.self, FocalPointsGapsCommand.self, FocalPointsAppointCommand.self,
      FocalPointsHandOverCommand.self, FocalPointsAcknowledgeCommand.self, FocalPointsEndCommand.self,
    ]
  )
}

/// `vigil focal-points list`.
struct FocalPointsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists tenures, in the order of recording.",
    discussion: "Filters know seat, mission and on: --filter 'mission = MINUSCA AND on = 2026-01-31'"
  )

  @OptionGroup var list: ListOptions

  func page(
    _ request: PBListFocalPointsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBFocalPoint], next: String) {
    let page = try await PBFocalPointService.Client(wrapping: client).listFocalPoints(request, options: callOptions)
    return (page.focalPoints, page.nextPageToken)
  }
}

/// `vigil focal-points gaps`.
struct FocalPointsGapsCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "gaps", abstract: "Lists the seats in which nobody is in office, and since when.")

  @Option(help: ArgumentHelp("On that day instead of today.", valueName: "date"))
  var date: String?
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func request() throws(CommandFailure) -> PBListFocalPointGapsRequest {
    var request = PBListFocalPointGapsRequest()
    if let date { request.date = try partialDate(date, option: "date") }
    return request
  }

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let found = try await PBFocalPointService.Client(wrapping: client).listFocalPointGaps(
      try request(), options: callOptions)
    var writer = ListWriter(output.format, columns: PBFocalPointGap.columns, to: console)
    try writer.append(found.gaps)
    try writer.finish()
  }
}

/// Who follows or begins, with whom.
struct OfficeOptions: ParsableArguments {
  @Option(name: .customLong("alternate"), help: ArgumentHelp("Who stands in; repeat for more.", valueName: "principal"))
  var alternates: [String] = []
  @Option(
    name: .customLong("language"), help: ArgumentHelp("ISO 639-1, such as fr; repeat for more.", valueName: "code"))
  var languages: [String] = []

  var alternateNames: [String] { alternates.map { resourceName($0, in: "principals") } }
}

/// `vigil focal-points appoint`.
struct FocalPointsAppointCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "appoint", abstract: "Appoints a person, of a mission unless told otherwise.")

  @Argument(help: "The mission's code, HEADQUARTERS or SENIOR.")
  var seat: String
  @Argument(help: "Who, principals/… as a list shows it.")
  var principal: String
  @OptionGroup var period: PeriodOptions
  @OptionGroup var office: OfficeOptions
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateFocalPointRequest {
    var request = PBCreateFocalPointRequest()
    switch seat {
    case "HEADQUARTERS": request.focalPoint.seat = .headquarters
    case "SENIOR": request.focalPoint.seat = .senior
    default:
      request.focalPoint.seat = .mission
      request.focalPoint.mission = missionName(seat)
    }
    request.focalPoint.principal = resourceName(principal, in: "principals")
    request.focalPoint.alternates = office.alternateNames
    request.focalPoint.languages = office.languages
    if let start = try period.start { request.focalPoint.startDate = start }
    if let end = try period.end { request.focalPoint.endDate = end }
    return request
  }

  func call(
    _ request: PBCreateFocalPointRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBFocalPoint {
    try await PBFocalPointService.Client(wrapping: client).createFocalPoint(request, options: callOptions)
  }
}

/// `vigil focal-points hand-over`.
struct FocalPointsHandOverCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "hand-over", abstract: "Ends a tenure and begins that of the successor the day after.")

  @OptionGroup var target: TargetOptions
  @Argument(help: "Who follows, principals/… as a list shows it.")
  var successor: String
  @Option(help: ArgumentHelp("The last day before.", valueName: "date"))
  var end: String
  @Option(help: ArgumentHelp("What is handed over; no personal data.", valueName: "text"))
  var note = ""
  @OptionGroup var office: OfficeOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBHandOverFocalPointRequest {
    var request = PBHandOverFocalPointRequest()
    request.name = target.name(in: "focalPoints")
    request.etag = target.etag
    request.successor = resourceName(successor, in: "principals")
    request.endDate = try partialDate(end, option: "end")
    request.note = note
    request.alternates = office.alternateNames
    request.languages = office.languages
    return request
  }

  func call(
    _ request: PBHandOverFocalPointRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBFocalPoint {
    try await PBFocalPointService.Client(wrapping: client).handOverFocalPoint(request, options: callOptions)
  }
}

/// `vigil focal-points acknowledge`.
struct FocalPointsAcknowledgeCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "acknowledge", abstract: "Acknowledges what was handed over to you.")

  @Argument(help: "Your tenure, focalPoints/… as a list shows it.")
  var name: String
  @OptionGroup var change: ChangeOptions

  func request() -> PBAcknowledgeHandoverRequest { .with { $0.name = resourceName(name, in: "focalPoints") } }

  func call(
    _ request: PBAcknowledgeHandoverRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBFocalPoint {
    try await PBFocalPointService.Client(wrapping: client).acknowledgeHandover(request, options: callOptions)
  }
}

/// `vigil focal-points end`.
struct FocalPointsEndCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Ends a tenure without a successor.")

  @OptionGroup var target: TargetOptions
  @Option(help: ArgumentHelp("The last day.", valueName: "date"))
  var end: String
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBEndFocalPointRequest {
    var request = PBEndFocalPointRequest()
    request.name = target.name(in: "focalPoints")
    request.etag = target.etag
    request.endDate = try partialDate(end, option: "end")
    return request
  }

  func call(
    _ request: PBEndFocalPointRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBFocalPoint {
    try await PBFocalPointService.Client(wrapping: client).endFocalPoint(request, options: callOptions)
  }
}

extension PBListFocalPointsRequest: PageRequest {}
extension PBCreateFocalPointRequest: RehearsableMessage {}
extension PBHandOverFocalPointRequest: ChangeMessage {}
extension PBAcknowledgeHandoverRequest: ChangeMessage {}
extension PBEndFocalPointRequest: ChangeMessage {}
