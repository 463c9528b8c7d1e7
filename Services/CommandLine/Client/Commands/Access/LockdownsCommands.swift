import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI
import VigilCasesAPI

/// `vigil access lockdowns list`.
struct LockdownsListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists lockdowns, the latest first.",
    discussion: "Filters know mission and active: --filter 'active = true'"
  )

  @OptionGroup var list: ListOptions

  func page(
    _ request: PBListLockdownsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBLockdown], next: String) {
    let page = try await PBEmergencyService.Client(wrapping: client).listLockdowns(request, options: callOptions)
    return (page.lockdowns, page.nextPageToken)
  }
}

/// `vigil access lockdowns begin`.
struct LockdownsBeginCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "begin",
    abstract: "Locks the records of a mission, or of every one, at once. Another person ends it.",
    discussion: "READ_ONLY: nothing can be changed. SEALED: nobody but case and legal officers sees anything."
  )

  @Argument(help: "READ_ONLY or SEALED.")
  var mode: String
  @Option(help: ArgumentHelp("Code or name of the mission, such as MINUSMA.", valueName: "mission"))
  var mission: String?
  @Flag(help: "Lock the records of every mission.")
  var everyMission = false
  @OptionGroup var until: UntilOption
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    guard (mission != nil) != everyMission else { throw ValidationError("Say --mission or --every-mission.") }
  }

  func request() throws(CommandFailure) -> PBCreateLockdownRequest {
    var request = PBCreateLockdownRequest()
    request.lockdown.mission = mission.map(missionName) ?? ""
    request.lockdown.mode = try word(mode, option: "mode")
    if let end = until.time { request.lockdown.endTime = end }
    return request
  }

  func call(
    _ request: PBCreateLockdownRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBLockdown {
    if !request.lockdown.mission.isEmpty { try await check(request.lockdown.mission, client, callOptions) }
    return try await PBEmergencyService.Client(wrapping: client).createLockdown(request, options: callOptions)
  }

  /// A slip of the pen would lock nothing. What cannot be asked at the moment is locked all the same.
  ///
  /// - Throws: ``CommandFailure`` when the register knows of no such mission.
  private func check(
    _ mission: String, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws {
    do {
      _ = try await PBCaseService.Client(wrapping: client).getMission(.with { $0.name = mission }, options: callOptions)
    } catch let error as RPCError where error.code == .notFound {
      throw CommandFailure(status: .notFound, reason: "there is no mission \(mission) in the register")
    } catch is RPCError {}
  }
}

/// `vigil access lockdowns end`.
struct LockdownsEndCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Ends a lockdown that another has begun. For case and legal officers.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBEndLockdownRequest {
    .with {
      $0.name = target.name(in: "lockdowns")
      $0.etag = target.etag
    }
  }

  func call(
    _ request: PBEndLockdownRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBLockdown {
    try await PBEmergencyService.Client(wrapping: client).endLockdown(request, options: callOptions)
  }
}
