import AIP
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension IncidentAccount {
  /// What people write of it.
  static let fields: [RecordField<IncidentAccount, PBIncident>] = [
    RecordField("occurred", .core) {
      !$0.occurred.isEmpty
    } write: { account, message, field in
      guard let occurred = Occurrence(message.occurred) else {
        throw ServiceError.invalid(field, "must be a date or an interval of EDTF, such as 2020-05-10T14:30 or 2020-05~")
      }
      account.occurred = occurred
    },
    RecordField("report_time", .exact) {
      $0.hasReportTime
    } write: { account, message, field in
      let time = message.hasReportTime ? PostgresTimestamp(message.reportTime) : nil
      guard time != nil || !message.hasReportTime else { throw ServiceError.invalid(field, "must be a time") }
      account.reported = time
    },
    RecordField("point", .exact) {
      $0.hasPoint
    } write: { account, message, field in
      let point = message.point
      account.point = GeoPoint(latitude: point.latitude, longitude: point.longitude, radius: point.radiusMeters)
      guard message.hasPoint else { return account.point = nil }
      guard account.point != nil else {
        throw ServiceError.invalid(field, "must be of -90 to 90 and -180 to 180 degrees, within 1,000,000 m")
      }
    },
    .text("zone", .exact, limit: 64, { $0.zone }) { $0.zone = $1 },
    .text("territorial_state", .core, limit: 3, { $0.territorialState }) { $0.territorialState = $1 },
    .text("admin1", .core, limit: 100, { $0.admin1 }) { $0.admin1 = $1 },
    .text("place", .exact, limit: 200, { $0.place }) { $0.place = $1 },
    .words("contexts", .exact, { $0.contexts }) { $0.contexts = $1 },
    .words("means", .exact, { $0.means }) { $0.means = $1 },
    .words("acts", .core, { $0.acts }) { $0.acts = $1 },
    .words("targets", .core, { $0.targets }) { $0.targets = $1 },
    RecordField("ongoing", .core) {
      $0.ongoing
    } write: { account, message, _ in
      account.isOngoing = message.ongoing
    },
    RecordField("narrative", .exact) {
      !$0.narrative.isEmpty
    } write: { account, message, field in
      account.narrative = try FieldRules.prose(message.narrative, field: field, limit: 10_000)
    },
    RecordField("narrative_language", .exact) {
      !$0.narrativeLanguage.isEmpty
    } write: { account, message, field in
      account.narrativeLanguage = try FieldRules.language(message.narrativeLanguage, field: field)
    },
    .word("source", .core, { $0.source }) { $0.source = $1 },
    .word("certainty", .core, { $0.certainty }) { $0.certainty = $1 },
    RecordField("external_ids", .exact) {
      !$0.externalIds.isEmpty
    } write: { account, message, field in
      guard message.externalIds.count <= 20 else { throw ServiceError.invalid(field, "must be at most 20, each once") }
      account.externalIDs = try message.externalIds.enumerated().map { index, message in
        ExternalID(
          system: try FieldRules.word(message.system, field: "\(field)[\(index)].system"),
          id: try FieldRules.text(message.id, field: "\(field)[\(index)].id", limit: 100))
      }
    },
  ]

  /// The first account of an incident.
  init(_ message: PBIncident, _ change: CaseChange) throws {
    let id = change.newID()
    self.init(
      id: id, caseID: change.caseID, incident: id, revision: 1,
      occurred: Occurrence(start: Occurrence.Moment(date: change.today), isInterval: false), source: .headquarters,
      certainty: .rumour, known: change.today, author: change.author, createTime: change.now)
    try Self.fields.write(message, to: &self, as: "incident")
  }

  /// The next account, in which the fields are those of the message.
  func next(
    _ message: PBIncident, _ fields: [RecordField<IncidentAccount, PBIncident>], _ change: CaseChange
  ) throws -> IncidentAccount {
    var next = self
    next.id = change.newID()
    next.revision += 1
    next.known = change.today
    next.author = change.author
    next.createTime = change.now
    try fields.write(message, to: &next, as: "incident")
    return next
  }
}
