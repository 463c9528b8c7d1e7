import AIP
import Policy
import SwiftProtobuf
import VigilAccessAPI

extension PBEmergencyAccess {
  init(_ emergency: Emergency) {
    self.init()
    name = EmergencyAccessName(emergency.id).description
    `case` = CaseName(emergency.caseID).description
    principal = PrincipalName(emergency.principal).description
    reason = emergency.reason
    notified = emergency.notified.map { PrincipalName($0).description }
    startTime = Google_Protobuf_Timestamp(emergency.period.from)
    endTime = Google_Protobuf_Timestamp(emergency.period.until)
    reviewer = emergency.reviewer.map { PrincipalName($0).description } ?? ""
    finding = emergency.finding
    etag = Etag(revision: emergency.revision).description
    createTime = Google_Protobuf_Timestamp(emergency.createTime)
  }
}

extension PBLockdown {
  init(_ lock: Lock) {
    self.init()
    name = LockdownName(lock.id).description
    mission = lock.mission.map { MissionName($0).description } ?? ""
    mode = PBLockdown.Mode(rawValue: Int(lock.mode.number)) ?? .unspecified
    startTime = Google_Protobuf_Timestamp(lock.period.from)
    if lock.period.until != .distantFuture { endTime = Google_Protobuf_Timestamp(lock.period.until) }
    initiator = PrincipalName(lock.initiator).description
    ender = lock.ender.map { PrincipalName($0).description } ?? ""
    etag = Etag(revision: lock.revision).description
    createTime = Google_Protobuf_Timestamp(lock.createTime)
  }
}

extension PBNotice {
  init(_ notice: Notice) {
    self.init()
    name = NoticeName(notice.id).description
    kind = PBNotice.Kind(rawValue: Int(notice.kind.rawValue)) ?? .unspecified
    subject = notice.subject
    state = PBNotice.State(rawValue: Int(notice.state.rawValue)) ?? .unspecified
    createTime = Google_Protobuf_Timestamp(notice.createTime)
    if notice.deliverTime != .distantFuture { deliverTime = Google_Protobuf_Timestamp(notice.deliverTime) }
    if notice.acknowledgeTime != .distantFuture {
      acknowledgeTime = Google_Protobuf_Timestamp(notice.acknowledgeTime)
    }
  }
}
