import ArgumentParser
import GRPCCore
import SwiftProtobuf
import VigilAccessAPI

/// `vigil enrol`.
struct EnrolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enrol",
    abstract: "Sets your password and second factor by an invitation.",
    discussion: "Asks for the invitation's code, then for what is to be set. Have an authenticator application at hand."
  )

  @OptionGroup var connection: ConnectionOptions

  func run() async throws {
    let settings = try await connection.settings(.standard())
    try await SystemConnection(settings: settings.signedOut).run { client in
      try await enrol(client, settings.callOptions(), prompter: .standard, to: .standardOutput)
    }
  }

  func enrol(
    _ client: GRPCClient<some ClientTransport>, _ callOptions: CallOptions, prompter: Prompter, to console: Console
  ) async throws {
    let service = PBSignInService.Client(wrapping: client)
    let code = try prompter.ask("Code of the invitation", true)
    let begun = try await service.beginEnrolment(.with { $0.invitationCode = code }, options: callOptions)
    try console.write(
      """
      You sign in as \(begun.loginName).
      Give your authenticator application this: \(begun.totpUri)
      or by hand, the secret \(begun.totpSecret)

      """)
    let password = try prompter.ask("New password, at least 12 characters", true)
    guard try prompter.ask("The same again", true) == password else {
      throw CommandFailure(status: .usage, reason: "the two passwords differ", advice: "Begin again: nothing was set.")
    }
    var request = PBCompleteEnrolmentRequest()
    request.invitationCode = code
    request.password = password
    request.totpCode = try prompter.ask("Code of the authenticator", false)
    let done = try await service.completeEnrolment(request, options: callOptions)
    try console.write(
      "Recovery codes, once each, should you lose the authenticator. They are not shown again:\n"
        + done.recoveryCodes.map { "  \($0)\n" }.joined())
  }
}
