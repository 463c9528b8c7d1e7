// CommandLineClient: the `vigil` command. It owns what an operator types and reads: options, settings,
// tables, error texts, exit statuses. It may import the API modules, GRPCTransport, TLS, GRPCCore, Audit, and Policy (to
// read policies as the system does), and no service; whatever it does, any other gRPC client can do too.

package import ArgumentParser

/// The root of the `vigil` command.
package struct VigilCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "vigil",
    abstract: "The register of accountability for crimes against United Nations peacekeepers.",
    discussion: """
      Settings come from options, then from the environment (VIGIL_CLI_ADDRESS, VIGIL_CLI_TLS_CA, \
      VIGIL_CLI_TLS_CERTIFICATE, VIGIL_CLI_TLS_KEY, VIGIL_CLI_SESSION, VIGIL_CLI_TIMEOUT), then from the YAML file that \
      VIGIL_CLI_CONFIG names, or ~/.config/vigil/config.yaml.

      Exit status: \(CommandExit.summary).

      Completions: vigil --generate-completion-script bash (or zsh, fish).
      """,
    subcommands: [
      CasesCommand.self, ProgressCommand.self, EvidenceCommand.self, MissionsCommand.self, AssistanceCommand.self,
      SubmissionsCommand.self, SharingCommand.self, FocalPointsCommand.self, VocabulariesCommand.self, FeedCommand.self,
      AccessCommand.self, AuditCommand.self, ImportCommand.self, ExerciseCommand.self, StatusCommand.self,
      EnrolCommand.self, LoginCommand.self, LogoutCommand.self, WhoamiCommand.self,
      SessionsCommand.self,
    ]
  )

  package init() {}

  /// Does what the arguments say and ends the process with the status that fits.
  package static func perform() async -> Never {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      guard let failure = CommandFailure(error) else { exit(withError: error) }
      failure.tell(on: .standardError)
      exit(withError: ExitCode(failure.status.rawValue))
    }
    exit(withError: nil)
  }
}
