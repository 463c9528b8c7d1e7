import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access roles list`.
struct RolesListCommand: ListingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the roles of a principal, the latest first.",
    discussion: "Filters know reader and active: --filter 'active = true'"
  )

  @Argument(help: "The principal, principals/… as a list shows it.")
  var principal: String
  @OptionGroup var list: ListOptions

  func request() -> PBListRoleAssignmentsRequest { .with { $0.parent = resourceName(principal, in: "principals") } }

  func page(
    _ request: PBListRoleAssignmentsRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> (rows: [PBRoleAssignment], next: String) {
    let page = try await PBDirectoryService.Client(wrapping: client).listRoleAssignments(request, options: callOptions)
    return (page.roleAssignments, page.nextPageToken)
  }
}

/// `vigil access roles give`.
struct RolesGiveCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "give", abstract: "Gives a role from now on. For case officers; ADM for operators.")

  @Argument(help: "The principal, principals/… as a list shows it.")
  var principal: String
  @Argument(help: "HQ, LEG, DSS, MFP, SFP, HST, TPC, NAT, TRD, REG, SCM, AUD or ADM.")
  var reader: String
  @Option(help: ArgumentHelp("The mission of a focal point who is not a member of it.", valueName: "party"))
  var scope = ""
  @OptionGroup var until: UntilOption
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBCreateRoleAssignmentRequest {
    var request = PBCreateRoleAssignmentRequest()
    request.parent = resourceName(principal, in: "principals")
    request.roleAssignment.reader = try word(reader, option: "reader")
    request.roleAssignment.scope = scope
    if let end = until.time { request.roleAssignment.endTime = end }
    return request
  }

  func call(
    _ request: PBCreateRoleAssignmentRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBRoleAssignment {
    try await PBDirectoryService.Client(wrapping: client).createRoleAssignment(request, options: callOptions)
  }
}

/// `vigil access roles end`.
struct RolesEndCommand: RehearsedCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Ends a role now; it stays on record.")

  @OptionGroup var target: TargetOptions
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() -> PBEndRoleAssignmentRequest {
    .with {
      $0.name = target.name
      $0.etag = target.etag
    }
  }

  func call(
    _ request: PBEndRoleAssignmentRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBRoleAssignment {
    try await PBDirectoryService.Client(wrapping: client).endRoleAssignment(request, options: callOptions)
  }
}
