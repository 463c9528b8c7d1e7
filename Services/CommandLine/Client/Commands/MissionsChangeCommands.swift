import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// `vigil missions update`.
struct MissionsUpdateCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Changes a mission: only what is said.")

  @OptionGroup var target: TargetOptions
  @Option(help: ArgumentHelp("Its full name in English.", valueName: "text"))
  var displayName: String?
  @OptionGroup var period: PeriodOptions
  @Option(help: "Whether it is active.")
  var active: Bool?
  @Option(help: "Whether its dates are confirmed against an official source.")
  var datesReviewed: Bool?
  @Option(help: ArgumentHelp("A remark.", valueName: "text"))
  var note: String?
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBUpdateMissionRequest {
    var request = PBUpdateMissionRequest()
    request.mission.name = missionName(target.name)
    request.mission.etag = target.etag
    func set<Value>(_ path: String, _ value: Value?, _ field: WritableKeyPath<PBMission, Value>) {
      guard let value else { return }
      request.mission[keyPath: field] = value
      request.updateMask.paths.append(path)
    }
    set("display_name", displayName, \.displayName)
    set("start_date", try period.start, \.startDate)
    set("end_date", try period.end, \.endDate)
    set("active", active, \.active)
    set("dates_reviewed", datesReviewed, \.datesReviewed)
    set("note", note, \.note)
    return request
  }

  func call(
    _ request: PBUpdateMissionRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBMission {
    try await PBMissionService.Client(wrapping: client).updateMission(request, options: callOptions)
  }
}

/// `vigil missions hosts add`.
struct MissionHostsAddCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Records who hosts a mission: it sees the mission's cases from then on.")

  @Argument(help: "The mission's code.")
  var mission: String
  @Argument(help: "The State or territory: EGY.")
  var state: String
  @Option(help: "HOST_STATE, TERRITORY, ADMINISTERING, DE_FACTO_AUTHORITY or PARTY_TO_AGREEMENT.")
  var role = "HOST_STATE"
  @OptionGroup var period: PeriodOptions
  @Option(help: ArgumentHelp("The SOFA or SOMA, by its symbol.", valueName: "symbol"))
  var agreement = ""
  @Flag(help: "It is confirmed against an official source.")
  var reviewed = false
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateMissionHostRequest {
    var request = PBCreateMissionHostRequest()
    request.parent = missionName(mission)
    request.missionHost.state = state
    request.missionHost.role = try word(role, option: "role")
    if let start = try period.start { request.missionHost.startDate = start }
    if let end = try period.end { request.missionHost.endDate = end }
    request.missionHost.agreement = agreement
    request.missionHost.reviewed = reviewed
    return request
  }

  func call(
    _ request: PBCreateMissionHostRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBMissionHost {
    try await PBMissionService.Client(wrapping: client).createMissionHost(request, options: callOptions)
  }
}

/// `vigil missions hosts update`.
struct MissionHostsUpdateCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Changes a host of a mission: only what is said.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var period: PeriodOptions
  @Option(help: ArgumentHelp("The SOFA or SOMA, by its symbol.", valueName: "symbol"))
  var agreement: String?
  @Option(help: "Whether it is confirmed against an official source.")
  var reviewed: Bool?
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBUpdateMissionHostRequest {
    var request = PBUpdateMissionHostRequest()
    request.missionHost.name = target.name
    request.missionHost.etag = target.etag
    func set<Value>(_ path: String, _ value: Value?, _ field: WritableKeyPath<PBMissionHost, Value>) {
      guard let value else { return }
      request.missionHost[keyPath: field] = value
      request.updateMask.paths.append(path)
    }
    set("start_date", try period.start, \.startDate)
    set("end_date", try period.end, \.endDate)
    set("agreement", agreement, \.agreement)
    set("reviewed", reviewed, \.reviewed)
    return request
  }

  func call(
    _ request: PBUpdateMissionHostRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBMissionHost {
    try await PBMissionService.Client(wrapping: client).updateMissionHost(request, options: callOptions)
  }
}

/// `vigil missions hosts end`.
struct MissionHostsEndCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Ends a host: on a day, or as an error, from which it keeps nothing.")

  @OptionGroup var target: TargetOptions
  @Option(name: .customLong("end"), help: ArgumentHelp("Its last day.", valueName: "date"))
  var last: String?
  @Flag(help: "It never was one.")
  var inError = false
  @OptionGroup var change: ChangeOptions

  func validate() throws {
    guard (last != nil) != inError else { throw ValidationError("Say --end or --in-error.") }
  }

  func request() throws(CommandFailure) -> PBEndMissionHostRequest {
    var request = PBEndMissionHostRequest()
    request.name = target.name
    request.etag = target.etag
    if let last { request.endDate = try partialDate(last, option: "end") } else { request.inError = true }
    return request
  }

  func call(
    _ request: PBEndMissionHostRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBMissionHost {
    try await PBMissionService.Client(wrapping: client).endMissionHost(request, options: callOptions)
  }
}

extension PBUpdateMissionRequest: RehearsableMessage {}
extension PBCreateMissionHostRequest: RehearsableMessage {}
extension PBUpdateMissionHostRequest: RehearsableMessage {}
extension PBEndMissionHostRequest: ChangeMessage {}
