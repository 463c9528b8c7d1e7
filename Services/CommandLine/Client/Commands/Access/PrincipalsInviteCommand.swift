import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil access principals invite`.
struct PrincipalsInviteCommand: ChangingCommand {
  static let configuration = CommandConfiguration(
    commandName: "invite",
    abstract: "Lets a person set its password and second factor, for the first time or anew.",
    discussion: """
      Writes a code for vigil enrol, which makes whoever has it that person: hand it over on a way of its own. An operator \
      invites whom nobody has given a role yet; others are invited by who may give them their roles.
      """
  )

  @Argument(help: "The person, principals/… as a list shows it.")
  var name: String
  @OptionGroup var change: ChangeOptions

  func request() -> PBCreateInvitationRequest { .with { $0.parent = resourceName(name, in: "principals") } }

  func call(
    _ request: PBCreateInvitationRequest, _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions
  ) async throws -> PBInvitation {
    try await PBIdentityService.Client(wrapping: client).createInvitation(request, options: callOptions)
  }
}
