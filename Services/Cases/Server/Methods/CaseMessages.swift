import Records
import VigilCasesAPI

// Which messages ask for changes, and what they change.

extension PBCase: ResourceMessage {}
extension PBCaseLifecycle: ResourceMessage {}
extension PBClosure: ResourceMessage {}
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
extension PBCreateVictimRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBBatchCreateVictimsRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateVictimRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBCreateIncidentRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBUpdateIncidentRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
extension PBWithdrawVictimRequest: ChangeRequest { var isRehearsal: Bool { validateOnly } }
