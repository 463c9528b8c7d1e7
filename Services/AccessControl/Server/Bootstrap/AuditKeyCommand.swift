package import ArgumentParser
import Audit
import Crypto
import Postgres
import Sealing
import ServiceRuntime

/// `vigil-access audit-key`.
package struct AuditKeyCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "audit-key",
    abstract: "Print the public keys of the log, for its readers to pin: the one that signs now last.",
    discussion: """
      A line for each: its id and the key, in hexadecimal; `vigil audit verify --key` takes them as they are. What was \
      signed with a key before stays good. Readers must have pinned a new key before they meet heads signed with it.
      """
  )

  @Flag(help: "Make a new key first, which signs from now on.")
  private var rotate = false

  @OptionGroup private var options: ConfigurationOption

  package init() {}

  package func run() async throws {
    try await AccessControlServer.runCommand(options) { pool, settings in
      let vault = try await Vault.ready(settings, pool)
      if rotate {
        let latest = try await pool.execute(SelectAuditKeys()).last?.number ?? 0
        let next = AuditSigningKey(number: latest + 1, key: .init())
        try await pool.execute(try InsertAuditKey(key: next, sealedBy: vault))
      }
      for key in try vault.open(try await pool.execute(SelectAuditKeys())) { print(key.key.publicKey.auditLine) }
    }
  }
}
