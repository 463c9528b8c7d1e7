import Records
import VigilCasesAPI

// Which messages ask for changes, and what they change.

extension PBCase: ResourceMessage {}
extension PBCaseLifecycle: ResourceMessage {}
extension PBClosure: ResourceMessage {}
extension PBRegrading: ResourceMessage {}
extension PBProceeding: ResourceMessage {}
extension PBProceedingFact: ResourceMessage {}
extension PBSuspect: ResourceMessage {}
extension PBTrack: ResourceMessage {}
extension PBStageAssertion: ResourceMessage {}
extension PBCommunication: ResourceMessage {}
extension PBProposal: ResourceMessage {}
extension PBVictim: ResourceMessage {}
extension PBIncident: ResourceMessage {}

/// Several resources of a case: their name is that of the first, and without names none has one.
extension PBBatchCreateVictimsResponse: ResourceMessage {
  var name: String {
    get { victims.first?.name ?? "" }
    set { for index in victims.indices { victims[index].name = newValue } }
  }
}

extension PBCreateCaseRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBTransitionCaseRequest: ChangeRequest {}
extension PBMergeCaseRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBUnmergeCaseRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBProposeClosureRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBConfirmClosureRequest: ChangeRequest {}
extension PBRefuseClosureRequest: ChangeRequest {}
extension PBProposeRegradingRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBConfirmRegradingRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBRefuseRegradingRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateProceedingRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateProceedingFactRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateSuspectRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateTrackRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateStageAssertionRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateCommunicationRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateProposalRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBAcceptProposalRequest: ChangeRequest {}
extension PBRefuseProposalRequest: ChangeRequest {}
extension PBWithdrawProposalRequest: ChangeRequest {}

// The register of assistance.

extension PBCreateAssistanceRequestRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateAssistanceDeliveryRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateVoluntaryContributionRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateHostMeasureRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreatePreventionMeasureRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateInvestigatorDeploymentRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateAssistanceRequestRequest: AssistanceUpdateRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateAssistanceDeliveryRequest: AssistanceUpdateRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateVoluntaryContributionRequest: AssistanceUpdateRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateHostMeasureRequest: AssistanceUpdateRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdatePreventionMeasureRequest: AssistanceUpdateRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateInvestigatorDeploymentRequest: AssistanceUpdateRequest { var isRehearsal: Bool { validateOnly } }
extension PBTransitionAssistanceRequestRequest: ChangeRequest {}

extension PBGetAssistanceRequestRequest: AssistanceGetRequest {}
extension PBGetAssistanceDeliveryRequest: AssistanceGetRequest {}
extension PBGetVoluntaryContributionRequest: AssistanceGetRequest {}
extension PBGetHostMeasureRequest: AssistanceGetRequest {}
extension PBGetPreventionMeasureRequest: AssistanceGetRequest {}
extension PBGetInvestigatorDeploymentRequest: AssistanceGetRequest {}

extension PBListAssistanceRequestsRequest: AssistanceListRequest {}
extension PBListAssistanceDeliveriesRequest: AssistanceListRequest {}
extension PBListVoluntaryContributionsRequest: AssistanceListRequest {}
extension PBListHostMeasuresRequest: AssistanceListRequest {}
extension PBListPreventionMeasuresRequest: AssistanceListRequest {}
extension PBListInvestigatorDeploymentsRequest: AssistanceListRequest {}

// Focal points.

extension PBFocalPoint: ResourceMessage {}
extension PBCreateFocalPointRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBHandOverFocalPointRequest: ChangeRequest {}
extension PBAcknowledgeHandoverRequest: ChangeRequest {}
extension PBEndFocalPointRequest: ChangeRequest {}

// Missions.

extension PBMission: ResourceMessage {}
extension PBMissionHost: ResourceMessage {}
extension PBUpdateMissionRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateMissionHostRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateMissionHostRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBEndMissionHostRequest: ChangeRequest {}

// What happened, and to whom.

extension PBCreateVictimRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBBatchCreateVictimsRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateVictimRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateIncidentRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateIncidentRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBWithdrawVictimRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }

// Evidence.

extension PBEvidenceItem: ResourceMessage {}
extension PBCreateEvidenceItemRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateEvidenceItemRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBUploadEvidenceConfig: ChangeRequest {}
extension PBHandOverEvidenceRequest: EvidenceStepRequest { var isRehearsal: Bool { validateOnly } }
extension PBReceiveEvidenceRequest: EvidenceStepRequest { var isRehearsal: Bool { validateOnly } }
extension PBPlaceLegalHoldRequest: EvidenceStepRequest { var isRehearsal: Bool { validateOnly } }
extension PBLiftLegalHoldRequest: EvidenceStepRequest { var isRehearsal: Bool { validateOnly } }
extension PBProposeDisposalRequest: EvidenceStepRequest { var isRehearsal: Bool { validateOnly } }
extension PBConfirmDisposalRequest: EvidenceStepRequest {}
