import ArgumentParser

/// `vigil access`.
struct AccessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Who takes part in the register, and who may see what.",
    discussion: """
      It takes two to let somebody in: an operator makes the principal, a case officer gives it its role. Each calls with \
      a certificate of its own (--certificate, --key).
      """,
    subcommands: [
      OrganisationsCommand.self, PrincipalsCommand.self, RolesCommand.self, AccessCheckCommand.self,
      AccessExplainCommand.self, AccessReadersCommand.self,
    ]
  )
}

/// `vigil access organisations`.
struct OrganisationsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "organisations",
    abstract: "States, missions, units, auditors, operators.",
    subcommands: [OrganisationsListCommand.self, OrganisationsCreateCommand.self]
  )
}

/// `vigil access principals`.
struct PrincipalsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "principals",
    abstract: "People and systems that call the register.",
    subcommands: [
      PrincipalsListCommand.self, PrincipalsCreateCommand.self, PrincipalsDisableCommand.self,
      PrincipalsInviteCommand.self,
    ]
  )
}

/// `vigil access roles`.
struct RolesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roles",
    abstract: "In what quality a principal may read.",
    subcommands: [RolesListCommand.self, RolesGiveCommand.self, RolesEndCommand.self]
  )
}
