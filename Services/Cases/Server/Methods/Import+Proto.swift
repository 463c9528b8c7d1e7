import AIP
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension PBImportUNFatalitiesResponse {
  init(_ completed: ImportStore.Completed, of request: ImportStore.Request) {
    self.init()
    if let id = completed.id {
      importName = ImportName(id).description
      importTime = Google_Protobuf_Timestamp(request.time)
    } else {
      validateOnly = true
    }
    publicationDate = PBPartialDate(request.file.published)
    fileSha256 = .init(request.sha256)
    rows = PBChangeCounts(completed.report.rowCounts)
    cases = PBChangeCounts(completed.report.caseCounts)
    victims = PBChangeCounts(completed.report.victimCounts)
    reclassifications = completed.report.reclassifications
      .map { PBReclassification($0.key, count: $0.value) }
      .sorted { ($1.count, $0.from.rawValue, $0.to.rawValue) < ($0.count, $1.from.rawValue, $1.to.rawValue) }
    rowOutcomes = completed.report.rows.map(PBRowOutcome.init)
  }
}

extension PBChangeCounts {
  init(_ counts: ImportReport.Counts) {
    self.init()
    created = counts.created
    changed = counts.changed
    unchanged = counts.unchanged
    refused = counts.refused
    withdrawn = counts.withdrawn
  }
}

extension PBReclassification {
  init(_ change: ImportReport.Reclassification, count: Int32) {
    self.init()
    from = PBIncidentType(number: change.from)
    to = PBIncidentType(number: change.to)
    self.count = count
  }
}

extension PBRowOutcome {
  init(_ reported: ImportReport.Row) {
    self.init()
    row = Int32(reported.line)
    outcome = PBRowOutcome.Outcome(number: reported.outcome)
    scope = PBRowOutcome.Scope(number: reported.scope)
    casualtyID = reported.casualtyID
    nationalityCode = reported.row?.nationality.code ?? ""
    if let id = reported.caseID { `case` = CaseName(id).description }
    changes = reported.changes.map(PBFieldChange.init)
    if let refusal = reported.refusal { self.refusal = PBRefusal(refusal) }
  }
}

extension PBFieldChange {
  init(_ change: FieldChange) {
    self.init()
    field = change.column.rawValue
    oldValue = change.old
    newValue = change.new
  }
}

extension PBRefusal {
  init(_ refusal: FatalityRefusal) {
    self.init()
    reason = PBRefusal.Reason(number: refusal.reason)
    field = refusal.column.rawValue
    description_p = refusal.description
  }
}
