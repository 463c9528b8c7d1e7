import VigilAccessAPI

extension PBListOrganisationsRequest: PageRequest {}
extension PBListPrincipalsRequest: PageRequest {}
extension PBListRoleAssignmentsRequest: PageRequest {}
extension PBListDelegationsRequest: PageRequest {}
extension PBListGrantsRequest: PageRequest {}
extension PBListEmbargoesRequest: PageRequest {}
extension PBListEmergencyAccessesRequest: PageRequest {}
extension PBListLockdownsRequest: PageRequest {}
extension PBListNoticesRequest: PageRequest {}
extension PBListCertificatesRequest: PageRequest {}

extension PBCreateOrganisationRequest: RehearsableMessage {}
extension PBCreatePrincipalRequest: RehearsableMessage {}
extension PBDisablePrincipalRequest: RehearsableMessage {}
extension PBCreateRoleAssignmentRequest: RehearsableMessage {}
extension PBEndRoleAssignmentRequest: RehearsableMessage {}
extension PBCreateDelegationRequest: RehearsableMessage {}
extension PBRevokeDelegationRequest: RehearsableMessage {}
extension PBRequestGrantRequest: RehearsableMessage {}
extension PBApproveGrantRequest: RehearsableMessage {}
extension PBRefuseGrantRequest: RehearsableMessage {}
extension PBRecordGrantConditionsRequest: RehearsableMessage {}
extension PBRevokeGrantRequest: RehearsableMessage {}
extension PBCreateEmbargoRequest: RehearsableMessage {}
extension PBLiftEmbargoRequest: RehearsableMessage {}
extension PBApprovePolicyRequest: RehearsableMessage {}
extension PBUpdatePolicyRequest: RehearsableMessage {}
extension PBBreakGlassRequest: ChangeMessage {}
extension PBReviewEmergencyAccessRequest: RehearsableMessage {}
extension PBCreateLockdownRequest: RehearsableMessage {}
extension PBEndLockdownRequest: RehearsableMessage {}
extension PBRequestCertificateRequest: RehearsableMessage {}
extension PBIssueCertificateRequest: ChangeMessage {}
extension PBRenewCertificateRequest: ChangeMessage {}
extension PBRevokeCertificateRequest: RehearsableMessage {}
extension PBCreateInvitationRequest: ChangeMessage {}
