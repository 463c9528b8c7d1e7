import AIP
import Policy
import SwiftProtobuf
import VigilAccessAPI
import VigilTypeAPI

extension PBOrganisation {
  init(_ organisation: Organisation) {
    self.init()
    name = OrganisationName(organisation.id).description
    party = organisation.party.description
    displayName = organisation.displayName
    kind = PBOrganisation.Kind(rawValue: Int(organisation.kind.rawValue)) ?? .unspecified
    startTime = Google_Protobuf_Timestamp(organisation.period.from)
    if organisation.period.until != .distantFuture { endTime = Google_Protobuf_Timestamp(organisation.period.until) }
    etag = Etag(revision: organisation.revision).description
    createTime = Google_Protobuf_Timestamp(organisation.createTime)
  }
}

extension PBPrincipal {
  init(_ principal: Principal) {
    self.init()
    name = PrincipalName(principal.id).description
    organisation = OrganisationName(principal.organisation).description
    displayName = principal.displayName
    certificateUri = principal.credential.certificate ?? ""
    tokenSubject = principal.credential.token ?? ""
    clearance = PBClassification(principal.clearance)
    disabled = principal.isDisabled
    etag = Etag(revision: principal.revision).description
    createTime = Google_Protobuf_Timestamp(principal.createTime)
  }
}

extension PBRoleAssignment {
  init(_ role: Role) {
    self.init()
    name = RoleAssignmentName(principal: role.principal, role.id).description
    reader = PBReaderClass(role.reader)
    scope = role.scope?.description ?? ""
    startTime = Google_Protobuf_Timestamp(role.period.from)
    if role.period.until != .distantFuture { endTime = Google_Protobuf_Timestamp(role.period.until) }
    if let assigner = role.assigner { self.assigner = PrincipalName(assigner).description }
    etag = Etag(revision: role.revision).description
    createTime = Google_Protobuf_Timestamp(role.createTime)
  }
}

extension PBDelegation {
  init(_ handover: Handover) {
    self.init()
    name = DelegationName(handover.id).description
    delegator = PrincipalName(handover.delegator).description
    delegate = PrincipalName(handover.delegate).description
    readers = handover.readers.map { PBReaderClass($0) }
    startTime = Google_Protobuf_Timestamp(handover.period.from)
    endTime = Google_Protobuf_Timestamp(handover.period.until)
    revoked = handover.isRevoked
    etag = Etag(revision: handover.revision).description
    createTime = Google_Protobuf_Timestamp(handover.createTime)
  }
}
