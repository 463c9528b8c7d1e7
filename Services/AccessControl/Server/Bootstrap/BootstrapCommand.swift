import AIP
package import ArgumentParser
import Identity
import Records
import ServiceRuntime

/// `vigil-access bootstrap`.
package struct BootstrapCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "bootstrap",
    abstract: "Put the first operator and the first case officer on record, when there is nobody yet.",
    discussion: """
      It takes two to make a reader: the operator enrols principals, the case officer gives them their roles. Both prove \
      who they are by certificates with these names. When there is any principal already, nothing is done.
      """
  )

  @Option(help: ArgumentHelp("Name in the operator's certificate.", valueName: "uri"))
  private var `operator`: String

  @Option(help: ArgumentHelp("Name in the case officer's certificate.", valueName: "uri"))
  private var caseOfficer: String

  @OptionGroup private var options: ConfigurationOption

  package init() {}

  package func validate() throws {
    let identities = [`operator`, caseOfficer].compactMap { PeerIdentity(uri: $0) }.filter { $0.kind == .client }
    guard Set(identities).count == 2 else {
      throw ValidationError("two different names of the form spiffe://…/client/… are needed")
    }
  }

  package func run() async throws {
    try await AccessControlServer.runCommand(options) { pool in
      let bootstrap = Bootstrap(pool: pool, ids: RecordID.Generator(), clock: .system)
      guard let beginners = try await bootstrap.run(operator: `operator`, caseOfficer: caseOfficer) else {
        return print("there are principals already; nothing was done")
      }
      for beginner in beginners {
        let name = PrincipalName(beginner.principal.id)
        print("\(beginner.role.reader) \(name) \(beginner.principal.credential.certificate ?? "")")
      }
    }
  }
}
