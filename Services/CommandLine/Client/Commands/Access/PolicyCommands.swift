import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access policy get`.
struct PolicyGetCommand: CallingCommand {
  static let configuration = CommandConfiguration(
    commandName: "get", abstract: "Shows the policy in force, as a text that update takes.")

  @OptionGroup var connection: ConnectionOptions

  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    try console.write(try await policyInForce(client, callOptions).text)
  }
}

/// A command about a policy in a file. Before anything is changed it says what that is.
protocol PolicyChangingCommand: RehearsedCommand {
  var file: String { get }
}

extension PolicyChangingCommand {
  func perform(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, to console: Console, notes: Console
  ) async throws {
    let changes = try PolicyFile(path: file).changes(from: try await policyInForce(client, callOptions).text)
    for line in changes { try notes.write(line + "\n") }
    if changes.isEmpty { try notes.write("It is the policy in force.\n") }
    try await makeOrRehearse(client, callOptions, console, notes)
  }
}

/// `vigil access policy approve`.
struct PolicyApproveCommand: PolicyChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract: "Agrees to a text, to the letter, so that another can put it in force. For case and legal officers.")

  @Argument(help: "File with the policy.", completion: .file())
  var file: String
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBApprovePolicyRequest {
    var request = PBApprovePolicyRequest()
    request.digest = try PolicyFile(path: file).digest
    return request
  }

  func call(
    _ request: PBApprovePolicyRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBPolicyApproval {
    try await PBPolicyService.Client(wrapping: client).approvePolicy(request, options: callOptions)
  }
}

/// `vigil access policy update`.
struct PolicyUpdateCommand: PolicyChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "update",
    abstract: "Puts a text in force that another has agreed to. For case and legal officers.")

  @Argument(help: "File with the policy; its version follows the one in force.", completion: .file())
  var file: String
  @Option(help: ArgumentHelp("Who has agreed to it.", valueName: "principals/…"))
  var approver: String
  @Option(help: ArgumentHelp("Only if the one in force still has this etag.", valueName: "etag"))
  var etag = ""
  @OptionGroup var rehearsal: RehearsalOptions
  @OptionGroup var change: ChangeOptions

  func request() throws(CommandFailure) -> PBUpdatePolicyRequest {
    var request = PBUpdatePolicyRequest()
    request.policy.text = try PolicyFile(path: file).text
    request.approver = resourceName(approver, in: "principals")
    request.etag = etag
    return request
  }

  func call(
    _ request: PBUpdatePolicyRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBPolicy {
    try await PBPolicyService.Client(wrapping: client).updatePolicy(request, options: callOptions)
  }
}

private func policyInForce(
  _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
) async throws -> PBPolicy {
  try await PBPolicyService.Client(wrapping: client).getPolicy(.with { $0.name = "policy" }, options: callOptions)
}
