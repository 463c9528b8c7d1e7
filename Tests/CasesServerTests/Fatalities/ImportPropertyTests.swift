import Testing

@testable import CasesServer

@Suite("Any sequence of publications")
struct ImportPropertyTests {
  /// A publication made by chance from a small world, so that records come, go, move and change their kind.
  private static func publication(_ random: inout some RandomNumberGenerator) throws -> FatalitiesFile {
    let types = ["Malicious Act", "Malicious Act", "To Be Determined", "Illness"]
    let rows = (1...12).shuffled(using: &random).prefix(Int.random(in: 0...12, using: &random)).flatMap { number in
      let codes =
        Bool.random(using: &random) ? ["XAA"] : [["XBB"], ["XAA", "XBB"]].randomElement(using: &random) ?? []
      return codes.map { code in
        String.row(
          String(10_000 + number),
          [
            .isoCode: code,
            .incidentDate: "2019-05-0\(Int.random(in: 1...3, using: &random))",
            .incidentType: types.randomElement(using: &random) ?? "",
            .gender: ["", "F", "M"].randomElement(using: &random) ?? "",
          ]
        )
      }
    }
    var reader = FatalitiesReader(missions: ["XMISSION"])
    try reader.read(Array(String.fatalities(rows.isEmpty ? [.row("99999")] : Array(rows)).utf8))
    return try reader.finish()
  }

  @Test func theRegisterIsWhatTheLastOneSays() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<60 {
      var register = FatalitiesRegister()
      register.missions = [MissionID(code: "XMISSION"): .exercise("XMISSION")]
      for _ in 0..<5 {
        let file = try Self.publication(&random)
        let counts = register.take(file).report.rowCounts
        #expect(Int(counts.created + counts.changed + counts.unchanged) == file.entries.count)
        check(register, against: file)
        // Again, it changes nothing.
        let again = register.take(file)
        #expect(again.report.rowCounts == .init(unchanged: Int32(file.entries.count)))
        #expect(again.newRecords.isEmpty && again.changedCases.isEmpty && again.newVictims.isEmpty)
        #expect(again.withdrawnVictims.isEmpty && again.events.isEmpty)
      }
    }
  }

  private func check(_ register: FatalitiesRegister, against file: FatalitiesFile) {
    let rows = file.entries.compactMap { try? $0.content.get() }
    #expect(Set(register.records.filter { !$0.isWithdrawn }.map(\.row)) == Set(rows))
    #expect(Set(register.records.map(\.id)).count == register.records.count)
    let expected = Dictionary(grouping: rows.compactMap(\.caseKey)) { $0 }.mapValues { Int32($0.count) }
    let open = register.cases.filter { $0.value.state != .outOfScope }
    #expect(open.mapValues(\.victimCount) == expected)
    #expect(register.cases.values.allSatisfy { $0.state != .outOfScope || $0.victimCount == 0 })
    let victims = register.victims.values.filter { !$0.isWithdrawn }
    #expect(Dictionary(grouping: victims.map(\.caseKey)) { $0 }.mapValues { Int32($0.count) } == expected)
  }
}
