package import ArgumentParser
import Authorization
import Postgres
import Records
import Sealing
import ServiceRuntime

/// `vigil-access policy-key`.
package struct PolicyKeyCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "policy-key",
    abstract: "Print the public key that policies are signed with, for the file that services take as policy.keys."
  )

  @OptionGroup private var options: ConfigurationOption

  package init() {}

  package func run() async throws {
    try await AccessControlServer.runCommand(options) { pool, settings in
      let key = try await PolicySigner.current(pool, try await Vault.ready(settings, pool)).publicKey
      print("\(key.text)  # \(key.id)")
    }
  }
}
