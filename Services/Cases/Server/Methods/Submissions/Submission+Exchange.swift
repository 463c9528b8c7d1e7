import AIP
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension PBSubmission: ExchangeMessage {
  typealias Step = SubmissionState
  static let recordKind = ExchangeRecord.Kind.submission
  static let recordClasses: DataClassSet = [.submissions]

  init(_ view: ExchangeView) throws {
    self = try PBSubmission(serializedBytes: view.record.content)
    let state: SubmissionState = try view.state()
    name = RecordName<PBSubmission>(view.record.id).description
    party = view.record.party.description
    self.state = .init(number: state)
    self.case = view.caseName
    // That there is such a case is not told by what came of it.
    if view.caseID == nil { results = [] }
    nextStates = state.next.filter { $0 == .withdrawn ? view.isOwn : view.isHandled }
      .sorted { $0.rawValue < $1.rawValue }.map { .init(number: $0) }
    createTime = Google_Protobuf_Timestamp(view.record.createTime)
    if view.isOwn || view.isAtHeadquarters {
      etag = Etag(revision: view.record.revision).description
      updateTime = Google_Protobuf_Timestamp(view.record.recordTime)
    } else {
      // Who else may see it is not for all who may.
      consents = consents.filter { $0.recipient == view.sight.party.description }
      answer = ""
      if !view.isInSecretariat, hostState != view.sight.party.description { (audience, hostState) = (.unspecified, "") }
    }
  }

  var facets: ExchangeFacets {
    ExchangeFacets(caseName: self.case, party: party, state: SubmissionState(number: state)?.name ?? "")
  }
}
