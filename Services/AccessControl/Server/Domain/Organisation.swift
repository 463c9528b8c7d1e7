import AIP
import Policy

/// A State and its authorities, a mission, a unit of the Secretariat, a regional organization, an auditor, an operator.
struct Organisation: Hashable, Sendable {
  /// What an organisation is, by the contract's numbers.
  enum Kind: Int16, CaseIterable, Sendable {
    case state = 1
    case mission, secretariat, regional, auditor, `operator`
  }

  var id: RecordID
  /// Whom it acts for in relations to cases.
  var party: PartyID
  var displayName: String
  var kind: Kind
  var period: Period<PolicyTime>
  var revision: Int64 = 1
  var createTime: PolicyTime
}

extension Organisation.Kind {
  /// The roles that its members may hold. A State does not decide cases, nobody audits or operates beside other work.
  var roles: ReaderSet {
    switch self {
    case .state: [.hostState, .contributor, .nationalityState, .forumState, .councilReader]
    case .mission: [.missionFocalPoint]
    case .secretariat: [.headquarters, .legal, .safety, .seniorFocalPoint, .missionFocalPoint]
    case .regional: [.regionalOrganization]
    case .auditor: [.auditor]
    case .operator: [.systemOperator]
    }
  }

  /// The name in filters, as in the contract.
  var code: String {
    switch self {
    case .state: "KIND_STATE"
    case .mission: "KIND_MISSION"
    case .secretariat: "KIND_SECRETARIAT"
    case .regional: "KIND_REGIONAL"
    case .auditor: "KIND_AUDITOR"
    case .operator: "KIND_OPERATOR"
    }
  }
}
