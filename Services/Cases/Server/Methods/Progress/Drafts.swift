import AIP
import Policy
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

// What requests ask to put on record, checked against what is on record.

extension Communication {
  init(_ message: PBCommunication, _ change: CaseChange, _ dossier: Dossier) throws(ServiceError) {
    let field = "communication"
    guard
      let sent = try FieldRules.past(
        message.hasSentDate ? message.sentDate : nil, field: "\(field).sent_date", incident: dossier.head.incident,
        today: change.today)
    else { throw .invalid("\(field).sent_date", "is required") }
    self.init(
      id: change.newID(), caseID: change.caseID,
      kind: try FieldRules.word(message.kind, field: "\(field).kind"),
      direction: try FieldRules.word(message.direction, field: "\(field).direction"),
      act: try FieldRules.word(message.act, field: "\(field).act"),
      party: try FieldRules.party(message.party, field: "\(field).party"),
      sent: sent,
      symbol: try FieldRules.optionalText(message.symbol, field: "\(field).symbol", limit: 200),
      subject: try FieldRules.optionalText(message.subject, field: "\(field).subject", limit: 2000),
      answers: try dossier.communications.named(message.answers, in: change, field: "\(field).answers")?.id,
      author: change.author, createTime: change.now)
  }
}

extension Proceeding {
  init(_ message: PBProceeding, _ change: CaseChange) throws(ServiceError) {
    let field = "proceeding"
    self.init(
      id: change.newID(), caseID: change.caseID,
      forum: try FieldRules.word(message.forum, field: "\(field).forum"),
      party: try FieldRules.party(message.party, field: "\(field).party"),
      authority: try FieldRules.optionalText(message.authority, field: "\(field).authority", limit: 200),
      docket: try FieldRules.optionalText(message.docket, field: "\(field).docket", limit: 200),
      author: change.author, createTime: change.now)
  }
}

extension ProceedingFact {
  init(
    _ message: PBProceedingFact, of proceeding: Proceeding, _ change: CaseChange, _ dossier: Dossier
  ) throws(ServiceError) {
    let field = "fact"
    let kind: Kind = try FieldRules.word(message.kind, field: "\(field).kind")
    let track = try dossier.tracks.named(message.track, in: change, field: "\(field).track")
    guard track == nil || track?.proceeding == proceeding.id else {
      throw .invalid("\(field).track", "is not one of the proceeding")
    }
    let stated = message.hasDate ? message.date : nil
    let date =
      kind == .appealDeadline
      ? try FieldRules.date(stated, field: "\(field).date")
      : try FieldRules.past(stated, field: "\(field).date", incident: dossier.head.incident, today: change.today)
    guard date != nil || !kind.needsDate else { throw .invalid("\(field).date", "is required of this kind") }
    self.init(
      id: change.newID(), caseID: change.caseID, proceeding: proceeding.id, track: track?.id, kind: kind, date: date,
      detail: try FieldRules.text(message.detail, field: "\(field).detail", limit: 2000),
      document: try FieldRules.optionalText(message.document, field: "\(field).document", limit: 200),
      author: change.author, createTime: change.now)
  }
}

extension Suspect {
  init(_ message: PBSuspect, _ change: CaseChange) throws(ServiceError) {
    let field = "suspect"
    self.init(
      id: change.newID(), caseID: change.caseID,
      alias: try FieldRules.text(message.alias, field: "\(field).alias", limit: 200),
      affiliation: try FieldRules.optionalText(message.affiliation, field: "\(field).affiliation", limit: 200),
      status: try FieldRules.word(message.status, field: "\(field).status"),
      author: change.author, createTime: change.now)
  }
}

extension Track {
  init(_ message: PBTrack, _ change: CaseChange, _ dossier: Dossier) throws(ServiceError) {
    let field = "track"
    let kind: Kind = try FieldRules.word(message.kind, field: "\(field).kind")
    let proceeding = try dossier.proceedings.named(message.proceeding, in: change, field: "\(field).proceeding")
    let suspect = try dossier.suspects.named(message.suspect, in: change, field: "\(field).suspect")
    switch kind {
    case .accountability:
      guard proceeding != nil else { throw .invalid("\(field).proceeding", "is required of an accountability track") }
    case .diplomatic:
      guard proceeding == nil, suspect == nil else {
        throw .invalid("\(field).proceeding", "does not belong to a diplomatic track")
      }
    }
    self.init(
      id: change.newID(), caseID: change.caseID, kind: kind, proceeding: proceeding?.id, suspect: suspect?.id,
      author: change.author, createTime: change.now)
  }
}

extension Sequence where Element: CaseEntry & CaseMember {
  /// The one of that name; nil when no name was given.
  ///
  /// - Throws: INVALID_ARGUMENT for a text that is no such name; NOT_FOUND when the case has none of that name.
  func named(_ text: String, in change: CaseChange, field: String) throws(ServiceError) -> Element? {
    if text.isEmpty { return nil }
    let name = try MemberName<Element>(parsing: text, field: field)
    guard name.caseID == change.caseID else { throw .notFound(name) }
    return try self.named(name)
  }

  /// The one of that name.
  ///
  /// - Throws: NOT_FOUND when the case has none of that name.
  func named(_ name: MemberName<Element>) throws(ServiceError) -> Element {
    guard let found = first(where: { $0.id == name.id }) else { throw .notFound(name) }
    return found
  }
}
