import AIP
import FoundationEssentials
import Policy
import SwiftProtobuf
import VigilAccessAPI

extension PBCertificate {
  init(_ record: CertificateRecord) {
    self.init()
    name = CertificateName(record.serial).description
    principal = record.principal.map { PrincipalName($0).description } ?? ""
    state = PBCertificate.State(rawValue: Int(record.state.rawValue)) ?? .unspecified
    keyDigest = Data(record.keyDigest)
    pemChain = record.chain
    if record.isIssued {
      startTime = Google_Protobuf_Timestamp(record.period.from)
      endTime = Google_Protobuf_Timestamp(record.period.until)
    }
    if record.revokeTime != .distantFuture { revokeTime = Google_Protobuf_Timestamp(record.revokeTime) }
    requester = record.requester.map { PrincipalName($0).description } ?? ""
    issuer = record.issuer.map { PrincipalName($0).description } ?? ""
    predecessor = record.predecessor.map { CertificateName($0).description } ?? ""
    etag = Etag(revision: record.revision).description
    createTime = Google_Protobuf_Timestamp(record.createTime)
  }
}
