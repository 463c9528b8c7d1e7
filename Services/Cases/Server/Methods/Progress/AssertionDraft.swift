import AIP
import Policy
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// An assertion that was asked for, before the machine of its track has judged it.
struct AssertionDraft: Hashable, Sendable {
  var stage: Int16
  var effective: PartialDate?
  var source: AssertionSource
  var certainty: Certainty
  var document: String
  var note: String
  var supersedes: RecordID?
  /// The proposal that it comes from.
  var proposal: RecordID?

  init(_ message: PBStageAssertion, of track: Track) throws(ServiceError) {
    let field = "assertion"
    stage = try Self.stage(message.stage, track.kind, field: "\(field).stage")
    effective = try FieldRules.date(
      message.hasEffectiveDate ? message.effectiveDate : nil, field: "\(field).effective_date")
    source = try FieldRules.word(message.source, field: "\(field).source")
    certainty = try FieldRules.word(message.certainty, field: "\(field).certainty")
    document = try FieldRules.optionalText(message.document, field: "\(field).document", limit: 200)
    note = try FieldRules.optionalText(message.note, field: "\(field).note", limit: 2000)
    if !message.supersedes.isEmpty {
      let name = try AssertionName(parsing: message.supersedes, field: "\(field).supersedes")
      guard name.caseID == track.caseID, name.track == track.id else { throw .notFound(name) }
      supersedes = name.id
    }
  }

  private static func stage(_ message: PBStage, _ kind: Track.Kind, field: String) throws(ServiceError) -> Int16 {
    switch (kind, message.vocabulary) {
    case (.accountability, .accountability(let value)?):
      let stage: AccountabilityStage = try FieldRules.word(value, field: field)
      return stage.rawValue
    case (.diplomatic, .diplomatic(let value)?):
      let stage: DiplomaticStage = try FieldRules.word(value, field: field)
      return stage.rawValue
    default: throw .invalid(field, "must be a stage of the track's kind")
    }
  }
}
