import AIP
import GRPCCore
import Policy
import Postgres
import Records
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension LifecycleService {
  func createCase(request: PBCreateCaseRequest, context: ServerContext) async throws -> PBCase {
    // Who may not call is not told what a case must be.
    _ = try await ledger.gate.readers.current()
    let draft = try CaseDraft(request.case, missions: try await store.missions())
    let id = ledger.newID()
    return try await ledger.record(request, [.core], context) { transaction in
      _ = try await transaction.execute(SetScope(scope: .everything))
      // What the caller could do with the case if it were there.
      let hats = PartyID(draft.mission.id.rawValue).map { [Hat(.mission, $0)] } ?? []
      let sight = CaseSight(
        try await ledger.gate.readers.current(), CaseFacts(id: id, hats: hats, incident: .always))
      try sight.require(.write, [.core])
      return sight
    } _: { change in
      try draft.check(today: change.today)
      // Imports number cases too.
      _ = try await change.transaction.execute(LockImports())
      let last = try await change.transaction.execute(SelectLastNumber(series: draft.series)).first ?? 0
      let new = draft.new(id: id, number: last + 1, at: change.now)
      let beginning = CaseTransition(
        id: change.newID(), caseID: id, from: nil, to: .draft, reason: change.reason, author: change.author,
        createTime: change.now)
      _ = try await change.transaction.execute(
        InsertCase(new: new, number: last + 1), InsertEntry(entry: beginning))
      guard let shown = change.sight.reader.show(CaseFile(record: new, facts: change.sight.facts)) else {
        throw ServiceError.refused
      }
      return PBCase(shown)
    }
  }
}

/// A case that was asked for.
private struct CaseDraft: Sendable {
  let mission: Mission
  let date: PartialDate
  let endDate: PartialDate?
  let act: ActCategory

  init(_ message: PBCase, missions: [Mission]) throws {
    let name = try MissionName(parsing: message.mission, field: "case.mission")
    guard let mission = missions.first(where: { $0.id == name.id }) else {
      throw ServiceError.notFound(type: "vigil.un.org/Mission", name: name.description)
    }
    self.mission = mission
    let date = try FieldRules.date(
      message.hasIncidentDate ? message.incidentDate : nil, field: "case.incident_date")
    guard let date else { throw ServiceError.invalid("case.incident_date", "is required") }
    self.date = date
    endDate = try FieldRules.date(
      message.hasIncidentEndDate ? message.incidentEndDate : nil, field: "case.incident_end_date")
    act = try FieldRules.word(message.act, field: "case.act")
    if let endDate, endDate < date {
      throw ServiceError.impossibleDate("case.incident_end_date", "is before the first day", date)
    }
    if let start = mission.startDate, date.span.upperBound < start.rawValue {
      throw ServiceError.impossibleDate("case.incident_date", "is before the mission", start)
    }
    if let end = mission.endDate, end.span.upperBound < date.rawValue {
      throw ServiceError.impossibleDate("case.incident_date", "is after the mission", end)
    }
  }

  func check(today: PartialDate) throws(ServiceError) {
    guard max(date, endDate ?? date) <= today else {
      throw .impossibleDate("case.incident_date", "is in the future", today)
    }
  }

  var series: DisplayNumber.Series { DisplayNumber.Series(mission: mission.id, year: date.year) }

  func new(id: RecordID, number: Int32, at time: PostgresTimestamp) -> Case {
    let hosts = HostStates(of: mission, on: date)
    return Case(
      id: id, displayNumber: DisplayNumber(series: series, missionCode: mission.code, number: number).description,
      mission: mission.id, incidentDate: date, incidentEndDate: endDate, act: act, state: .draft, victimCount: 0,
      hostStates: hosts.codes, areHostStatesReviewed: hosts.areReviewed, dataSet: "", publicationDate: nil,
      sourceClassification: "", revision: 1, createTime: time, updateTime: time)
  }
}
