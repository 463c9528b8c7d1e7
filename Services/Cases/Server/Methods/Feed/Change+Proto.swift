import AIP
import SwiftProtobuf
import VigilFeedAPI

extension PBChange {
  init(_ shown: ShownChange) {
    self.init()
    `case` = shown.caseID.map { CaseName($0).description } ?? ""
    kind = Kind(rawValue: shown.kind.rawValue) ?? .unspecified
    parts = shown.parts.compactMap { Part(rawValue: Int($0.rawValue)) }
    if let revision = shown.revision { etag = Etag(revision: revision).description }
    changeTime = Google_Protobuf_Timestamp(shown.time)
  }
}
