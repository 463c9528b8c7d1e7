import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access emergency list`.
struct EmergencyListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists emergency accesses, the latest first: all to those who review them, their own to others.",
    discussion: "Filters know case, principal and reviewed: --filter 'reviewed = false'"
  )

  @OptionGroup var list: ListOptions

  func page(
    _ request: PBListEmergencyAccessesRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBEmergencyAccess], next: String) {
    let page = try await PBEmergencyService.Client(wrapping: client).listEmergencyAccesses(
      request, options: callOptions)
    return (page.emergencyAccesses, page.nextPageToken)
  }
}

/// `vigil access emergency break-glass`. It cannot be tried: whoever asks whether there is a case has asked.
struct EmergencyBreakGlassCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "break-glass",
    abstract: "Opens one case to you for a few hours. Others are told at once, and review it.",
    discussion: "For safety and focal points, when there is no time to ask. Until it is reviewed it cannot be repeated."
  )

  @Argument(help: "The case, cases/… as a list shows it.")
  var name: String
  @Option(help: ArgumentHelp("For how long, such as 30m, 2h; the policy's hours unless said.", valueName: "duration"))
  var duration: Span?
  @OptionGroup var change: ChangeOptions

  func request() -> PBBreakGlassRequest {
    .with {
      $0.case = resourceName(name, in: "cases")
      if let duration { $0.duration = duration.message }
    }
  }

  func call(
    _ request: PBBreakGlassRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEmergencyAccess {
    try await PBEmergencyService.Client(wrapping: client).breakGlass(request, options: callOptions)
  }
}

/// `vigil access emergency review`.
struct EmergencyReviewCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Records what your review of another's emergency access found, and ends it.")

  @OptionGroup var target: TargetOptions
  @Option(help: ArgumentHelp("What the review found.", valueName: "text"))
  var finding: String
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBReviewEmergencyAccessRequest {
    .with {
      $0.name = target.name(in: "emergencyAccesses")
      $0.etag = target.etag
      $0.finding = finding
    }
  }

  func call(
    _ request: PBReviewEmergencyAccessRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBEmergencyAccess {
    try await PBEmergencyService.Client(wrapping: client).reviewEmergencyAccess(request, options: callOptions)
  }
}
