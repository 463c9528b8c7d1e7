import AIP
package import ArgumentParser
import Identity
import Records
import Sealing
import ServiceRuntime

/// `vigil-access bootstrap`.
package struct BootstrapCommand: AsyncParsableCommand {
  package static let configuration = CommandConfiguration(
    commandName: "bootstrap",
    abstract: "Put the first operator and the first case officer on record, when there is nobody yet.",
    discussion: """
      It takes two to make a reader: the operator enrols principals, the case officer gives them their roles. Both prove \
      who they are by certificates with these names. A person sets its password by the invitation that is written, once. \
      When there is any principal already, nothing is done.
      """
  )

  @Option(help: ArgumentHelp("Name in the operator's certificate.", valueName: "uri"))
  private var `operator`: String

  @Option(help: ArgumentHelp("Name in the case officer's certificate.", valueName: "uri"))
  private var caseOfficer: String

  @Option(help: ArgumentHelp("Sign-in name of a person who is to be an operator as well.", valueName: "name"))
  private var administrator: String?

  @OptionGroup private var options: ConfigurationOption

  package init() {}

  package func validate() throws {
    let identities = [`operator`, caseOfficer].compactMap { PeerIdentity(uri: $0) }.filter { $0.kind == .client }
    guard Set(identities).count == 2 else {
      throw ValidationError("two different names of the form spiffe://…/client/… are needed")
    }
    guard administrator.map({ (1...255).contains($0.unicodeScalars.count) }) ?? true else {
      throw ValidationError("the administrator's name must be of 1 to 255 characters")
    }
  }

  package func run() async throws {
    try await AccessControlServer.runCommand(options) { pool, settings in
      let bootstrap = Bootstrap(pool: pool, ids: RecordID.Generator(), clock: .system)
      let begun = try await bootstrap.run(
        operator: `operator`, caseOfficer: caseOfficer, administrator: administrator)
      let vault = try await Vault.ready(settings, pool)
      guard let begun else { return print("there are principals already; nothing was done") }
      for beginner in begun {
        let credential = beginner.principal.credential
        let proof = credential.certificate ?? credential.token ?? ""
        print("\(beginner.role.reader) \(PrincipalName(beginner.principal.id)) \(proof)")
        guard let invitation = beginner.invitation else { continue }
        let code = try await InvitationCodes(pool: pool, vault: vault).code(of: invitation.id)
        print("invitation of \(proof), good once and for three days: \(code)")
      }
    }
  }
}
