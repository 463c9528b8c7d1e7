import Testing

@testable import CasesServer

@Suite("Files of the fatalities")
struct FatalitiesReaderTests {
  private static func read(_ text: String) throws(FatalitiesFileError) -> FatalitiesFile {
    var reader = FatalitiesReader(missions: ["XMISSION"])
    try reader.read(Array(text.utf8))
    return try reader.finish()
  }

  @Test func readsRowsAndRefusals() throws {
    let file = try Self.read(
      .fatalities([
        .row("00001"), .row("00002", [.mission: "NOMISSION"]), .row("00001"), .row("00001", [.isoCode: "XBB"]),
      ])
    )
    #expect(file.published.description == "2023-11-28")
    #expect(file.entries.map(\.line) == [2, 3, 4, 5])
    let reasons = file.entries.map { entry in
      if case .failure(let refusal) = entry.content { refusal.reason } else { nil as FatalityRefusal.Reason? }
    }
    #expect(reasons == [nil, .unknownMission, .duplicate, nil])
    #expect(file.refusals == 2)
  }

  @Test func takesColumnsInAnyOrder() throws {
    let reversed = FatalityColumn.allCases.reversed()
    let row = String.row("00001")
    let header = reversed.map(\.rawValue).joined(separator: ",")
    let line = row.split(separator: ",", omittingEmptySubsequences: false).reversed().joined(separator: ",")
    let file = try Self.read("\(header)\r\n\(line)\r\n")
    #expect(file.entries == (try Self.read(.fatalities([row]))).entries)
  }

  @Test(
    arguments: [
      ("", .empty), ("\n", .header(missing: FatalityColumn.allCases.map(\.rawValue), unexpected: [""])),
      (String.header + "\n", .empty),
      (String.header.replacing("gender", with: "sex") + "\n", .header(missing: ["gender"], unexpected: ["sex"])),
      (String.header + ",extra\n", .header(missing: [], unexpected: ["extra"])),
      (String.header.replacing("gender", with: "id") + "\n", .header(missing: ["id", "gender"], unexpected: [])),
      (
        String.header.uppercased() + "\n",
        .header(
          missing: FatalityColumn.allCases.map(\.rawValue),
          unexpected: FatalityColumn.allCases.map { $0.rawValue.uppercased() }
        )
      ),
      (String.fatalities([.row("00001"), .row("00002", [.lastUpdate: "2023-11-27"])]), .publicationDate(line: 3)),
      (String.fatalities([.row("00001", [.lastUpdate: ""])]), .publicationDate(line: 2)),
      (String.fatalities([.row("00001", [.lastUpdate: "2023"])]), .publicationDate(line: 2)),
      // Cut off in the last field, which leaves the width right.
      (String(String.fatalities([.row("00001"), .row("00002")]).dropLast(3)), .publicationDate(line: 3)),
      (
        String(String.fatalities([.row("00001"), .row("00002")]).dropLast(13)),
        .csv(CSVError(reason: .width(expected: 12, found: 11), line: 3))
      ),
    ] as [(String, FatalitiesFileError)])
  func refuses(_ text: String, _ error: FatalitiesFileError) {
    #expect(throws: error) { try Self.read(text) }
  }

  @Test func refusesAFileOfRefusals() throws {
    func file(_ count: Int) -> String {
      .fatalities([.row("00000")] + (1...count).map { _ in .row("00001", [.mission: "NOMISSION"]) })
    }
    #expect(try Self.read(file(1000)).refusals == 1000)
    #expect(throws: FatalitiesFileError.tooManyRefusals(limit: 1000, first: 3)) { try Self.read(file(1001)) }
  }
}

extension String {
  /// The header of the data set.
  static let header = FatalityColumn.allCases.map(\.rawValue).joined(separator: ",")

  /// A row of exercise; `number` is the end of its casualty_id.
  static func row(_ number: String, _ changes: FatalityRowMappingTests.Fields = [:]) -> String {
    let fields = FatalityRowMappingTests.plain
      .merging([.casualtyID: "XMISSION-2019-05-\(number)"]) { $1 }
      .merging(changes) { $1 }
    return FatalityColumn.allCases.map { fields[$0] ?? "" }.joined(separator: ",")
  }

  static func fatalities(_ rows: [String]) -> String {
    ([header] + rows).joined(separator: "\n") + "\n"
  }
}
