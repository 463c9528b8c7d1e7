import VigilCasesAPI

extension PBListCaseTransitionsRequest: EntriesMessage {}
extension PBListClosuresRequest: EntriesMessage {}
extension PBListRegradingsRequest: EntriesMessage {}
extension PBListTimelineRequest: EntriesMessage {}
extension PBListProceedingsRequest: EntriesMessage {}
extension PBListProceedingFactsRequest: EntriesMessage {}
extension PBListSuspectsRequest: EntriesMessage {}
extension PBListStageAssertionsRequest: EntriesMessage {}
extension PBListCommunicationsRequest: EntriesMessage {}
extension PBListProposalsRequest: EntriesMessage {}
extension PBListIncidentsRequest: EntriesMessage {}
extension PBListIncidentAccountsRequest: EntriesMessage {}

extension PBCreateCaseRequest: CaseTrialMessage {}
extension PBProposeClosureRequest: CaseTrialMessage {}
extension PBProposeRegradingRequest: CaseTrialMessage {}
extension PBConfirmRegradingRequest: CaseTrialMessage {}
extension PBRefuseRegradingRequest: CaseTrialMessage {}
extension PBCreateProceedingRequest: CaseTrialMessage {}
extension PBCreateProceedingFactRequest: CaseTrialMessage {}
extension PBCreateSuspectRequest: CaseTrialMessage {}
extension PBCreateTrackRequest: CaseTrialMessage {}
extension PBCreateStageAssertionRequest: CaseTrialMessage {}
extension PBCreateCommunicationRequest: CaseTrialMessage {}
extension PBCreateProposalRequest: CaseTrialMessage {}
extension PBCreateVictimRequest: CaseTrialMessage {}
extension PBUpdateVictimRequest: CaseTrialMessage {}
extension PBWithdrawVictimRequest: CaseTrialMessage {}
extension PBCreateIncidentRequest: CaseTrialMessage {}
extension PBUpdateIncidentRequest: CaseTrialMessage {}
extension PBMergeCaseRequest: CaseTrialMessage {}
extension PBUnmergeCaseRequest: CaseTrialMessage {}
extension PBTransitionCaseRequest: CaseChangeMessage {}
extension PBConfirmClosureRequest: CaseChangeMessage {}
extension PBRefuseClosureRequest: CaseChangeMessage {}
extension PBAcceptProposalRequest: CaseChangeMessage {}
extension PBRefuseProposalRequest: CaseChangeMessage {}
extension PBWithdrawProposalRequest: CaseChangeMessage {}

extension PBCase: CaseRow {}
extension PBVictim: CaseRow {}
