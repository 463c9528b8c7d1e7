import AIP
import Policy
import SwiftProtobuf
import VigilAccessAPI

extension PBSession {
  init(_ session: Session) {
    self.init()
    name = SessionName(session).description
    kind = PBSession.Kind(rawValue: Int(session.kind.rawValue)) ?? .unspecified
    createTime = Google_Protobuf_Timestamp(session.createTime)
    refreshTime = Google_Protobuf_Timestamp(session.refreshTime)
    expireTime = Google_Protobuf_Timestamp(session.expireTime)
    guard let end = session.end else { return }
    endTime = Google_Protobuf_Timestamp(session.endTime)
    self.end = PBSession.End(rawValue: Int(end.rawValue)) ?? .unspecified
  }
}

extension PBInvitation {
  /// Without its code.
  init(_ invitation: Invitation) {
    self.init()
    name = InvitationName(invitation).description
    expireTime = Google_Protobuf_Timestamp(invitation.expireTime)
    createTime = Google_Protobuf_Timestamp(invitation.createTime)
  }
}
