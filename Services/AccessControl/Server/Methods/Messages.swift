import Records
import SwiftProtobuf
import VigilAccessAPI

/// A request for a change that can be tried without keeping anything.
protocol RehearsableRequest: ChangeRequest {
  var validateOnly: Bool { get }
}

extension RehearsableRequest {
  var isRehearsal: Bool { validateOnly }
}

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
extension PBEmergencyAccess: ResourceMessage {}
extension PBLockdown: ResourceMessage {}
extension PBNotice: ResourceMessage {}
extension PBInvitation: ResourceMessage {}
extension PBSession: ResourceMessage {}
extension PBCertificate: ResourceMessage {}

extension PBListOrganisationsRequest: ListRequest {}
extension PBListPrincipalsRequest: ListRequest {}
extension PBListRoleAssignmentsRequest: ListRequest {}
extension PBListDelegationsRequest: ListRequest {}
extension PBListGrantsRequest: ListRequest {}
extension PBListEmbargoesRequest: ListRequest {}
extension PBListAuditEntriesRequest: ListRequest {}
extension PBListEmergencyAccessesRequest: ListRequest {}
extension PBListLockdownsRequest: ListRequest {}
extension PBListNoticesRequest: ListRequest {}
extension PBListSessionsRequest: ListRequest {}
extension PBListCertificatesRequest: ListRequest {}

extension PBCreateOrganisationRequest: RehearsableRequest {}
extension PBCreatePrincipalRequest: RehearsableRequest {}
extension PBDisablePrincipalRequest: RehearsableRequest {}
extension PBCreateRoleAssignmentRequest: RehearsableRequest {}
extension PBEndRoleAssignmentRequest: RehearsableRequest {}
extension PBCreateDelegationRequest: RehearsableRequest {}
extension PBRevokeDelegationRequest: RehearsableRequest {}
extension PBApprovePolicyRequest: RehearsableRequest {}
extension PBRequestGrantRequest: RehearsableRequest {}
extension PBApproveGrantRequest: RehearsableRequest {}
extension PBRefuseGrantRequest: RehearsableRequest {}
extension PBRecordGrantConditionsRequest: RehearsableRequest {}
extension PBRevokeGrantRequest: RehearsableRequest {}
extension PBCreateEmbargoRequest: RehearsableRequest {}
extension PBLiftEmbargoRequest: RehearsableRequest {}
extension PBUpdatePolicyRequest: RehearsableRequest {}
extension PBBreakGlassRequest: ChangeRequest {}
extension PBReviewEmergencyAccessRequest: RehearsableRequest {}
extension PBCreateLockdownRequest: RehearsableRequest {}
extension PBEndLockdownRequest: RehearsableRequest {}
extension PBRequestCertificateRequest: RehearsableRequest {}
extension PBIssueCertificateRequest: ChangeRequest {}
extension PBRenewCertificateRequest: ChangeRequest {}
extension PBRevokeCertificateRequest: RehearsableRequest {}
extension PBAcknowledgeNoticeRequest: ChangeRequest { var reason: String { "taken note of" } }
extension PBCreateInvitationRequest: ChangeRequest {}
extension PBEndSessionRequest: ChangeRequest {}
