import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access roles list`.
struct RolesListCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the roles of a principal, the latest first.",
    discussion: "Filters know reader and active: --filter 'active = true'"
  )

  @Argument(help: "The principal, principals/… as a list shows it.")
  var principal: String
  @OptionGroup var pages: PageOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let directory = PBDirectoryService.Client(wrapping: client)
    let writer = ListWriter(output.format, columns: PBRoleAssignment.columns, to: console)
    try await Listing(options: pages, output: console, notes: notes).write(with: writer) { token in
      let request = PBListRoleAssignmentsRequest.with {
        $0.parent = resourceName(principal, in: "principals")
        $0.pageSize = pages.pageSize
        $0.pageToken = token
        $0.filter = pages.filter
      }
      let page = try await directory.listRoleAssignments(request, options: callOptions)
      return (page.roleAssignments, page.nextPageToken)
    }
  }
}

/// `vigil access roles give`.
struct RolesGiveCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "give", abstract: "Gives a role from now on. For case officers; ADM for operators.")

  @Argument(help: "The principal, principals/… as a list shows it.")
  var principal: String
  @Argument(help: "HQ, LEG, DSS, MFP, SFP, HST, TPC, NAT, TRD, REG, SCM, AUD or ADM.")
  var reader: String
  @Option(help: ArgumentHelp("The mission of a focal point who is not a member of it.", valueName: "party"))
  var scope = ""
  @Flag(help: "Only say what would be.")
  var dryRun = false
  @OptionGroup var change: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    var request = PBCreateRoleAssignmentRequest()
    request.parent = resourceName(principal, in: "principals")
    request.roleAssignment.reader = try word(reader, option: "reader")
    request.roleAssignment.scope = scope
    request.reason = change.reason
    request.requestID = change.requestID
    request.validateOnly = dryRun
    let given = try await PBDirectoryService.Client(wrapping: client)
      .createRoleAssignment(request, options: callOptions)
    try RecordWriter(format: output.format, columns: PBRoleAssignment.columns, console: console).write(given)
  }
}

/// `vigil access roles end`.
struct RolesEndCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "end", abstract: "Ends a role now; it stays on record.")

  @Argument(help: "The role, principals/…/roleAssignments/… as a list shows it.")
  var name: String
  @OptionGroup var change: ChangeOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let request = PBEndRoleAssignmentRequest.with {
      $0.name = name
      $0.reason = change.reason
      $0.requestID = change.requestID
    }
    let ended = try await PBDirectoryService.Client(wrapping: client).endRoleAssignment(request, options: callOptions)
    try RecordWriter(format: output.format, columns: PBRoleAssignment.columns, console: console).write(ended)
  }
}
