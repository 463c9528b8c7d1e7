package import ArgumentParser
import Postgres
import Sealing
import ServiceRuntime

/// `vigil-access reseal`.
package struct ResealCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "reseal",
    abstract:
      "Seal anew, under the first key in sealing.keys, every secret that another one seals, while the service runs.",
    discussion: """
      To change the key without a refused call: put the new one in the second line of the file and start every instance \
      anew, so that all of them can open what it seals; exchange the lines and run this; start every instance anew, so \
      that all of them seal with it; run this again, and take the old line out. It says how many secrets of each kind it \
      has sealed. It can be stopped at any time and run again; what has been done is not done twice.
      """
  )

  @Flag(help: "Only say how many there are.")
  private var dryRun = false

  @OptionGroup private var options: ConfigurationOption

  package init() {}

  package func run() async throws {
    try await AccessControlServer.runCommand(options) { pool, settings in
      let vault = try Vault(settings)
      let counts = try await dryRun ? Resealing.count(vault, pool) : Resealing.perform(vault, pool)
      for table in SecretTable.allCases { print("\(table.name) \(counts[table] ?? 0)") }
    }
  }
}

extension Resealing {
  /// How many secrets there are to seal anew.
  static func count(_ vault: Vault, _ pool: PostgresPool) async throws -> [SecretTable: Int] {
    var counts: [SecretTable: Int] = [:]
    for table in SecretTable.allCases {
      counts[table] = Int(try await pool.execute(CountUnsealed(table: table, mark: vault.mark))[0])
    }
    return counts
  }
}
