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

extension PBCreateCaseRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBTransitionCaseRequest: ChangeRequest {}
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
