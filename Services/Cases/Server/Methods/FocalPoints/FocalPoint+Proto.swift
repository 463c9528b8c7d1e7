import AIP
import Authorization
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension PBFocalPoint {
  /// A tenure as the reader sees it: who the person is, is for the United Nations' own readers.
  init(_ tenure: Tenure, for requester: Requester) {
    self.init()
    name = FocalPointName(tenure.id).description
    seat = .init(number: tenure.seat.kind)
    mission = tenure.seat.mission.map { MissionName($0).description } ?? ""
    languages = tenure.languages
    startDate = PBPartialDate(tenure.start)
    if let end = tenure.end { endDate = PBPartialDate(end) }
    predecessor = tenure.predecessor.map { FocalPointName($0).description } ?? ""
    if let time = tenure.acknowledgeTime { acknowledgeTime = Google_Protobuf_Timestamp(time) }
    etag = Etag(revision: tenure.revision).description
    createTime = Google_Protobuf_Timestamp(tenure.createTime)
    let own: ReaderSet = [.headquarters, .legal, .safety, .missionFocalPoint, .seniorFocalPoint, .auditor]
    guard requester.principal == tenure.principal || !requester.permittedReaders.intersection(own).isEmpty else {
      redactions = ["principal", "alternates", "handover_note"].map {
        PBRedaction(Redacted($0, .privileged, .drop, .notEntitled))
      }
      return
    }
    principal = PrincipalName(tenure.principal).description
    alternates = tenure.alternates.map { PrincipalName($0).description }
    handoverNote = tenure.note
  }
}

extension FieldRules {
  /// A whole date.
  static func day(_ message: PBPartialDate?, field: String) throws(ServiceError) -> PartialDate {
    guard let day = try date(message, field: field), day.isDay else { throw .invalid(field, "must be a whole date") }
    return day
  }

  /// Somebody who is enrolled.
  static func principal(
    _ name: String, field: String, _ change: CaseChange
  ) throws(ServiceError) -> RecordID {
    let id = try PrincipalName(parsing: name, field: field).id
    let enrolled = change.sight.requester.current.snapshot.principals
    guard enrolled.contains(where: { $0.subject.principal == id }) else {
      throw .invalid(field, "must be a principal who is enrolled")
    }
    return id
  }

  static func principals(
    _ names: [String], field: String, _ change: CaseChange
  ) throws(ServiceError) -> [RecordID] {
    guard names.count <= 10 else { throw .invalid(field, "must be of at most 10") }
    var ids: [RecordID] = []
    for name in names { ids.append(try principal(name, field: field, change)) }
    return ids
  }

  /// ISO 639-1 codes.
  static func languages(_ codes: [String], field: String) throws(ServiceError) -> [String] {
    let isSmall = { (byte: UInt8) in (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    guard codes.count <= 20, codes.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy(isSmall) }) else {
      throw .invalid(field, "must be at most 20 ISO 639-1 codes in small letters")
    }
    return codes
  }
}
