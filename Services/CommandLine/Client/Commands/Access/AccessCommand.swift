import ArgumentParser

/// `vigil access`.
struct AccessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "access",
    abstract: "Who takes part in the register, and who may see what.",
    discussion: """
      It takes two to let somebody in: an operator makes the principal, a case officer gives it its role. Each calls with \
      a certificate of its own (--certificate, --key). What changes something can be tried with --dry-run.
      """,
    subcommands: [
      OrganisationsCommand.self, PrincipalsCommand.self, RolesCommand.self, DelegationsCommand.self,
      GrantsCommand.self, EmbargoesCommand.self, EmergencyCommand.self, LockdownsCommand.self, NoticesCommand.self,
      CertificatesCommand.self, PolicyCommand.self, AccessCheckCommand.self, AccessExplainCommand.self,
      AccessReadersCommand.self,
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

/// `vigil access delegations`.
struct DelegationsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delegations",
    abstract: "Who acts for another who is away.",
    subcommands: [DelegationsListCommand.self, DelegationsCreateCommand.self, DelegationsRevokeCommand.self]
  )
}

/// `vigil access grants`.
struct GrantsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grants",
    abstract: "What is opened of a case, for a purpose and a time.",
    subcommands: [
      GrantsListCommand.self, GrantsGetCommand.self, GrantsRequestCommand.self, GrantsApproveCommand.self,
      GrantsRefuseCommand.self, GrantsConditionsCommand.self, GrantsRevokeCommand.self,
    ]
  )
}

/// `vigil access embargoes`.
struct EmbargoesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embargoes",
    abstract: "What is held back in a case.",
    subcommands: [EmbargoesListCommand.self, EmbargoesCreateCommand.self, EmbargoesLiftCommand.self]
  )
}

/// `vigil access emergency`.
struct EmergencyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "emergency",
    abstract: "Access to a case when there is no time to ask, and its review.",
    subcommands: [EmergencyListCommand.self, EmergencyBreakGlassCommand.self, EmergencyReviewCommand.self]
  )
}

/// `vigil access lockdowns`.
struct LockdownsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lockdowns",
    abstract: "What is locked because a breach is suspected.",
    subcommands: [LockdownsListCommand.self, LockdownsBeginCommand.self, LockdownsEndCommand.self]
  )
}

/// `vigil access notices`.
struct NoticesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notices",
    abstract: "What you are told of emergencies and lockdowns.",
    subcommands: [NoticesListCommand.self, NoticesAcknowledgeCommand.self]
  )
}

/// `vigil access certificates`.
struct CertificatesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certificates",
    abstract: "By what systems prove who they are; it takes two to issue the first.",
    subcommands: [
      CertificatesListCommand.self, CertificatesGetCommand.self, CertificatesNewKeyCommand.self,
      CertificatesRequestCommand.self, CertificatesIssueCommand.self, CertificatesRenewCommand.self,
      CertificatesRevokeCommand.self,
    ]
  )
}

/// `vigil access policy`.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "The rules that decide who may see what; it takes two to change them.",
    subcommands: [PolicyGetCommand.self, PolicyApproveCommand.self, PolicyUpdateCommand.self]
  )
}
