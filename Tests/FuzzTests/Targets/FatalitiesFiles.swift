import AIP

@testable import CasesServer

extension FuzzTarget {
  /// Reads files of fatalities. The first byte: how the input is cut; the second: whether our header comes before it.
  static let fatalitiesFiles = FuzzTarget(name: "fatalities-csv") { bytes throws(FuzzFinding) in
    var input = FuzzInput(bytes)
    let seed = input.byte()
    let hasHeader = input.byte().isMultiple(of: 2)
    let header = hasHeader ? FatalityColumn.allCases.map(\.rawValue).joined(separator: ",") + "\r\n" : ""
    let whole = CSVOutcome([Array(header.utf8)[...], input.rest])
    let pieces = CSVOutcome([Array(header.utf8)[...]] + input.pieces(seed: seed))
    try hold(whole == pieces, "what is read depends on how it arrives")
    try whole.checkQuoting()
    try plan(Array(header.utf8) + input.bytes)
  }

  /// A file that is read can be imported into an empty register, and every row is accounted for.
  private static func plan(_ bytes: [UInt8]) throws(FuzzFinding) {
    var reader = FatalitiesReader(missions: ["MINUSMA", "UNSecretariat"])
    let file: FatalitiesFile
    do throws(FatalitiesFileError) {
      try reader.read(bytes)
      file = try reader.finish()
    } catch {
      return
    }
    try hold(file.entries.allSatisfy { $0.casualtyID.count <= 64 }, "an identifier of more than 64 characters")
    var last: UInt64 = 0
    let plan = ImportPlanner.plan(Reconciliation(file, stored: []), register: FatalitiesRegister()) {
      last += 1
      return RecordID(high: 0, low: last)
    }
    let counts = plan.report.rowCounts
    try hold(Int(counts.refused) == file.refusals, "refusals are lost")
    try hold(Int(counts.created + counts.refused) == file.entries.count, "rows are lost")
    try hold(plan.newRecords.count == Int(counts.created), "records are lost")
  }
}

/// What reading a file comes to.
private struct CSVOutcome: Equatable {
  var records: [CSVRecord] = []
  var error: CSVError?

  init(_ pieces: [ArraySlice<UInt8>]) {
    var reader = CSVReader(limits: .init(field: 200, records: 100))
    do throws(CSVError) {
      for piece in pieces { records += try reader.read(piece) }
      records += try reader.finish()
    } catch {
      // How many of the records before the fault were handed over depends on the pieces.
      self.error = error
      records = []
    }
  }

  /// The records, written with quotes around every field, are read as the same.
  func checkQuoting() throws(FuzzFinding) {
    guard error == nil else { return }
    let lines = records.map { record in
      record.fields.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
    }
    let text = lines.joined(separator: "\r\n")
    let again = CSVOutcome([Array(text.utf8)[...]])
    try hold(again.error == nil, "records that were read cannot be read again: \(String(describing: again.error))")
    try hold(again.records.map(\.fields) == records.map(\.fields), "records change in writing")
  }
}
