import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access grants approve`.
struct GrantsApproveCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Approves what another has asked for. For case and legal officers.")

  @OptionGroup var target: TargetOptions
  @Flag(help: "Also clear it for the Office of Legal Affairs; for legal officers.")
  var clearsForLegal = false
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBApproveGrantRequest {
    .with {
      $0.name = target.name(in: "grants")
      $0.etag = target.etag
      $0.clearsForLegal = clearsForLegal
    }
  }

  func call(
    _ request: PBApproveGrantRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBGrant {
    try await PBGrantService.Client(wrapping: client).approveGrant(request, options: callOptions)
  }
}

/// `vigil access grants refuse`.
struct GrantsRefuseCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "refuse", abstract: "Refuses what another has asked for. For case and legal officers.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBRefuseGrantRequest {
    .with {
      $0.name = target.name(in: "grants")
      $0.etag = target.etag
    }
  }

  func call(
    _ request: PBRefuseGrantRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBGrant {
    try await PBGrantService.Client(wrapping: client).refuseGrant(request, options: callOptions)
  }
}

/// `vigil access grants conditions`.
struct GrantsConditionsCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "conditions", abstract: "Records which conditions of a grant now hold: all of them, each time.")

  @OptionGroup var target: TargetOptions
  @Option(parsing: .upToNextOption, help: "FAIR_TRIAL, VICTIM_CONSENT, …; none for none.")
  var fulfilled: [String] = []
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBRecordGrantConditionsRequest {
    var request = PBRecordGrantConditionsRequest()
    request.name = target.name(in: "grants")
    request.etag = target.etag
    request.fulfilledConditions = try words(fulfilled, option: "fulfilled")
    return request
  }

  func call(
    _ request: PBRecordGrantConditionsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBGrant {
    try await PBGrantService.Client(wrapping: client).recordGrantConditions(request, options: callOptions)
  }
}

/// `vigil access grants revoke`.
struct GrantsRevokeCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Ends a grant now, or takes back a request.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBRevokeGrantRequest {
    .with {
      $0.name = target.name(in: "grants")
      $0.etag = target.etag
    }
  }

  func call(
    _ request: PBRevokeGrantRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBGrant {
    try await PBGrantService.Client(wrapping: client).revokeGrant(request, options: callOptions)
  }
}
