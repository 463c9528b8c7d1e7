import AIP
import Policy
import SwiftProtobuf
import VigilAccessAPI
import VigilTypeAPI

extension PBGrant {
  init(_ permit: Permit) {
    self.init()
    name = GrantName(permit.id).description
    `case` = CaseName(permit.caseID).description
    dataClasses = permit.classes.map { PBDataClass($0) }
    purpose = PBPurpose(permit.purpose)
    grantee = permit.grantee.description
    principal = permit.principal.map { PrincipalName($0).description } ?? ""
    legalBasis = permit.legalBasis
    conditions = permit.conditions.map { PBGrantCondition($0) }
    fulfilledConditions = permit.fulfilled.map { PBGrantCondition($0) }
    liftedCaveats = permit.lifts.map { PBCaveat($0) }
    onwardSharingAllowed = permit.allowsOnwardSharing
    startTime = Google_Protobuf_Timestamp(permit.period.from)
    endTime = Google_Protobuf_Timestamp(permit.period.until)
    requester = PrincipalName(permit.requester).description
    approver = permit.approver.map { PrincipalName($0).description } ?? ""
    clearedByLegal = permit.isClearedByLegal
    state = PBGrant.State(rawValue: Int(permit.state.rawValue)) ?? .unspecified
    etag = Etag(revision: permit.revision).description
    createTime = Google_Protobuf_Timestamp(permit.createTime)
  }
}

extension PBEmbargo {
  init(_ hold: Hold) {
    self.init()
    name = EmbargoName(hold.id).description
    `case` = CaseName(hold.caseID).description
    kind = PBEmbargoKind(hold.kind)
    startTime = Google_Protobuf_Timestamp(hold.period.from)
    if hold.period.until != .distantFuture { endTime = Google_Protobuf_Timestamp(hold.period.until) }
    lifter = hold.lifter.map { PrincipalName($0).description } ?? ""
    etag = Etag(revision: hold.revision).description
    createTime = Google_Protobuf_Timestamp(hold.createTime)
  }
}
