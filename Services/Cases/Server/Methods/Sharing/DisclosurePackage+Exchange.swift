import AIP
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension PBDisclosurePackage: ExchangeMessage {
  typealias Step = PackageState
  static let recordKind = ExchangeRecord.Kind.package
  static let recordClasses: DataClassSet = [.privileged]

  init(_ view: ExchangeView) throws {
    self = try PBDisclosurePackage(serializedBytes: view.record.content)
    name = RecordName<PBDisclosurePackage>(view.record.id).description
    sharingRequest = view.record.request.map { RecordName<PBSharingRequest>($0).description } ?? ""
    self.case = view.caseName
    party = view.record.party.description
    state = .init(number: try view.state(PackageState.self))
    etag = Etag(revision: view.record.revision).description
    createTime = Google_Protobuf_Timestamp(view.record.createTime)
    updateTime = Google_Protobuf_Timestamp(view.record.recordTime)
  }

  var facets: ExchangeFacets {
    ExchangeFacets(caseName: self.case, party: party, state: PackageState(number: state)?.name ?? "")
  }
}
