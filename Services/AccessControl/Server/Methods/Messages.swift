import Records
import SwiftProtobuf
import VigilAccessAPI

/// A request for a page of a list.
protocol ListRequest: SwiftProtobuf.Message {
  var pageSize: Int32 { get }
  var pageToken: String { get }
  var filter: String { get }
}

extension PBOrganisation: ResourceMessage {}
extension PBPrincipal: ResourceMessage {}
extension PBRoleAssignment: ResourceMessage {}
extension PBDelegation: ResourceMessage {}
extension PBPolicy: ResourceMessage {}
extension PBGrant: ResourceMessage {}
extension PBEmbargo: ResourceMessage {}
extension PBPolicyApproval: ResourceMessage {}

extension PBListOrganisationsRequest: ListRequest {}
extension PBListPrincipalsRequest: ListRequest {}
extension PBListRoleAssignmentsRequest: ListRequest {}
extension PBListDelegationsRequest: ListRequest {}
extension PBListGrantsRequest: ListRequest {}
extension PBListEmbargoesRequest: ListRequest {}

extension PBCreateOrganisationRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreatePrincipalRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBDisablePrincipalRequest: ChangeRequest {}
extension PBCreateRoleAssignmentRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBEndRoleAssignmentRequest: ChangeRequest {}
extension PBCreateDelegationRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBRevokeDelegationRequest: ChangeRequest {}
extension PBApprovePolicyRequest: ChangeRequest {}
extension PBRequestGrantRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBApproveGrantRequest: ChangeRequest {}
extension PBRefuseGrantRequest: ChangeRequest {}
extension PBRecordGrantConditionsRequest: ChangeRequest {}
extension PBRevokeGrantRequest: ChangeRequest {}
extension PBCreateEmbargoRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBLiftEmbargoRequest: ChangeRequest {}
extension PBUpdatePolicyRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
