import VigilCasesAPI
import VigilTypeAPI

/// What an import did, for the operator.
struct ImportReport {
  let response: PBImportUNFatalitiesResponse

  /// - Throws: ``CommandFailure`` when the output cannot be written.
  func write(_ format: OutputFormat, to console: Console) throws {
    switch format {
    case .table: try console.write(text)
    case .json: try console.write(JSONText.line(response) + "\n")
    case .csv:
      var writer = ListWriter(.csv, columns: PBRowOutcome.columns, to: console)
      try writer.append(response.rowOutcomes)
      try writer.finish()
    }
  }

  var text: String {
    heading + "\n" + counts + reclassifications + refusals
  }

  private var heading: String {
    let publication = "publication of \(response.publicationDate.text)"
    return response.validateOnly
      ? "Checked the \(publication); nothing was kept. It would do this:\n"
      : "Imported the \(publication) as \(response.importName).\n"
  }

  private var counts: String {
    var table = TextTable(
      header: [("", .left)] + ["CREATED", "CHANGED", "UNCHANGED", "WITHDRAWN", "REFUSED"].map { ($0, .right) }
    )
    for (name, counts) in [("rows", response.rows), ("cases", response.cases), ("victims", response.victims)] {
      let figures = [counts.created, counts.changed, counts.unchanged, counts.withdrawn, counts.refused]
      table.append([name] + figures.map { String($0) })
    }
    // The corner is a title of nothing, not a missing value.
    return " " + table.text().dropFirst()
  }

  private var reclassifications: String {
    guard !response.reclassifications.isEmpty else { return "" }
    var table = TextTable(header: [("RECLASSIFIED FROM", .left), ("TO", .left), ("ROWS", .right)])
    for change in response.reclassifications {
      table.append([label(change.from), label(change.to), String(change.count)])
    }
    return "\n" + table.text()
  }

  private var refusals: String {
    let refused = response.rowOutcomes.filter { $0.outcome == .refused }
    guard !refused.isEmpty else { return "" }
    let columns = PBRowOutcome.refusalColumns
    var table = TextTable(header: columns.map { ($0.title, $0.alignment) })
    for row in refused { table.append(columns.map { $0.value(row) }) }
    return "\nRefused rows:\n" + table.text()
  }
}
