import VigilCasesAPI

extension PBListSubmissionsRequest: PageRequest {}
extension PBListSharingRequestsRequest: PageRequest {}
extension PBListDisclosurePackagesRequest: PageRequest {}

extension PBCreateSubmissionRequest: RehearsableMessage {}
extension PBUpdateSubmissionRequest: RehearsableMessage {}
extension PBTransitionSubmissionRequest: ChangeMessage {}
extension PBGrantConsentRequest: ChangeMessage {}
extension PBWithdrawConsentRequest: ChangeMessage {}
extension PBCreateSharingRequestRequest: RehearsableMessage {}
extension PBRecordSafeguardsRequest: ChangeMessage {}
extension PBTransitionSharingRequestRequest: ChangeMessage {}
extension PBCreateDisclosurePackageRequest: ChangeMessage {}
extension PBRevokeDisclosurePackageRequest: ChangeMessage {}
