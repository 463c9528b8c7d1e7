import AIP
import Testing

@testable import CasesServer

@Suite("Reconciliation")
struct ReconciliationTests {
  private static func row(
    _ number: String,
    _ changes: FatalityRowMappingTests.Fields = [:]
  ) throws -> FatalityRow {
    try FatalityRowMappingTests.map([.casualtyID: "XMISSION-2019-05-\(number)"].merging(changes) { $1 })
  }

  private static func file(_ rows: [FatalityRow]) throws -> FatalitiesFile {
    let entries = rows.enumerated().map { index, row in
      FatalitiesFile.Entry(line: index + 2, casualtyID: row.casualtyID, content: .success(row))
    }
    return FatalitiesFile(published: try #require(PartialDate("2023-11-28")), entries: entries)
  }

  private static func stored(_ id: UInt64, _ row: FatalityRow, withdrawn: Bool = false) -> StoredFatality {
    StoredFatality(id: RecordID(high: 0, low: id), row: row, isWithdrawn: withdrawn)
  }

  @Test func tellsNewChangedAndSame() throws {
    let same = Self.stored(1, try Self.row("00001"))
    let old = Self.stored(2, try Self.row("00002", [.gender: ""]))
    let result = Reconciliation(
      try Self.file([Self.row("00001"), Self.row("00002"), Self.row("00003")]),
      stored: [same, old]
    )
    #expect(
      result.entries.map(\.outcome) == [
        .unchanged(same), .changed(old, [FieldChange(column: .gender, old: "", new: "M")]), .created,
      ]
    )
    #expect(result.withdrawn.isEmpty)
  }

  /// Four casualty_ids occur twice in the data, with two nationalities: each row is a record of its own.
  @Test func keepsSuccessorNationalitiesApart() throws {
    let first = Self.stored(1, try Self.row("00001", [.isoCode: "XAA"]))
    let second = Self.stored(2, try Self.row("00001", [.isoCode: "XBB"]))
    let rows = [try Self.row("00001", [.isoCode: "XBB"]), try Self.row("00001", [.isoCode: "XAA"])]
    let both = Reconciliation(try Self.file(rows), stored: [first, second])
    #expect(both.entries.map(\.outcome) == [.unchanged(second), .unchanged(first)])

    // A second nationality that is added is a new record.
    let added = Reconciliation(try Self.file(rows), stored: [first])
    #expect(added.entries.map(\.outcome) == [.created, .unchanged(first)])

    // One that is taken away is withdrawn.
    let removed = Reconciliation(try Self.file([rows[1]]), stored: [first, second])
    #expect(removed.entries.map(\.outcome) == [.unchanged(first)])
    #expect(removed.withdrawn == [second])
  }

  @Test func takesACorrectedNationalityAsAChange() throws {
    let old = Self.stored(1, try Self.row("00001", [.isoCode: "", .nationality: "ZZ [Undetermined]"]))
    let result = Reconciliation(try Self.file([Self.row("00001")]), stored: [old])
    guard case .changed(let matched, let changes) = result.entries[0].outcome else {
      Issue.record("\(result.entries[0].outcome)")
      return
    }
    #expect(matched == old)
    #expect(changes.map(\.column) == [.nationality, .isoCode])
    #expect(result.withdrawn.isEmpty)
  }

  @Test func doesNotGuessBetweenTwoCandidates() throws {
    let first = Self.stored(1, try Self.row("00001", [.isoCode: "XAA"]))
    let second = Self.stored(2, try Self.row("00001", [.isoCode: "XBB"]))
    let result = Reconciliation(try Self.file([Self.row("00001", [.isoCode: "XCC"])]), stored: [first, second])
    #expect(result.entries.map(\.outcome) == [.created])
    #expect(result.withdrawn == [first, second])
  }

  @Test func withdrawsOnceAndRestores() throws {
    let present = Self.stored(1, try Self.row("00001"))
    let gone = Self.stored(2, try Self.row("00002"))
    let goneBefore = Self.stored(3, try Self.row("00003"), withdrawn: true)
    let all = [present, gone, goneBefore]
    #expect(Reconciliation(try Self.file([Self.row("00001")]), stored: all).withdrawn == [gone])
    let back = Reconciliation(try Self.file([Self.row("00003")]), stored: all)
    #expect(back.entries.map(\.outcome) == [.changed(goneBefore, [])])
  }

  /// A row that cannot be read is no sign that its record was withdrawn.
  @Test func keepsTheRecordOfARefusedRow() throws {
    let known = Self.stored(1, try Self.row("00001"))
    var file = try Self.file([Self.row("00002")])
    let refusal = FatalityRefusal(.unknownGender, .gender, "is none of M, F and blank")
    file.entries.append(.init(line: 3, casualtyID: known.row.casualtyID, content: .failure(refusal)))
    let result = Reconciliation(file, stored: [known])
    #expect(result.withdrawn.isEmpty)
    #expect(result.entries.last?.outcome == .refused(refusal))
  }
}

@Suite("Import plans")
struct ImportPlannerTests {
  private static func register() -> FatalitiesRegister {
    var register = FatalitiesRegister()
    let host = MissionHost(state: "XHH", role: .hostState, isReviewed: false)
    register.missions = [MissionID(code: "XMISSION"): .exercise("XMISSION", hosts: [host])]
    return register
  }

  private static func file(_ rows: [(String, FatalityRowMappingTests.Fields)]) throws -> FatalitiesFile {
    var reader = FatalitiesReader(missions: ["XMISSION"])
    try reader.read(Array(String.fatalities(rows.map { .row($0.0, $0.1) }).utf8))
    return try reader.finish()
  }

  @Test func makesOneCaseForADay() throws {
    var register = Self.register()
    let plan = register.take(
      try Self.file([
        ("00003", [.incidentDate: "2019-06-01"]), ("00001", [:]), ("00002", [:]),
        ("00004", [.incidentType: "Illness"]), ("00005", [.incidentType: "To Be Determined"]),
      ])
    )
    #expect(plan.newCases.map(\.number.description) == ["XMISSION-2019-001", "XMISSION-2019-002"])
    #expect(plan.newCases.map(\.victimCount) == [2, 1])
    #expect(plan.newCases.allSatisfy { $0.hosts.codes == ["XHH"] && !$0.hosts.areReviewed })
    #expect(plan.newVictims.count == 3)
    #expect(plan.newRecords.count == 5, "every row is kept as provenance")
    #expect(plan.report.rows.map(\.scope) == [.inScope, .inScope, .inScope, .outOfScope, .pending])
    #expect(plan.report.rows.map { $0.caseID != nil } == [true, true, true, false, false])
  }

  @Test func numbersGoOn() throws {
    var register = Self.register()
    _ = register.take(try Self.file([("00001", [:])]))
    let plan = register.take(try Self.file([("00001", [:]), ("00002", [.incidentDate: "2019-01-01"])]))
    #expect(plan.newCases.map(\.number.description) == ["XMISSION-2019-002"])
  }

  /// To Be Determined, Malicious Act, Accident, Malicious Act: a victim comes, goes and comes back, and so does its
  /// case, under the same id.
  @Test func followsReclassification() throws {
    var register = Self.register()
    _ = register.take(try Self.file([("00001", [.incidentType: "To Be Determined"])]))
    #expect(register.cases.isEmpty)

    let verified = register.take(try Self.file([("00001", [:])])).report
    #expect(verified.rowCounts == .init(changed: 1))
    #expect(verified.caseCounts == .init(created: 1))
    #expect(verified.victimCounts == .init(created: 1))
    let caseID = try #require(register.cases.values.first?.id)

    let accident = register.take(try Self.file([("00001", [.incidentType: "Accident"])])).report
    #expect(accident.caseCounts == .init(withdrawn: 1))
    #expect(accident.victimCounts == .init(withdrawn: 1))
    #expect(register.cases.values.map(\.state) == [.outOfScope])

    let unchanged = register.take(try Self.file([("00001", [.incidentType: "Accident"])])).report
    #expect(unchanged.caseCounts == .init())
    #expect(unchanged.victimCounts == .init())

    let back = register.take(try Self.file([("00001", [:])])).report
    #expect(back.caseCounts == .init(changed: 1))
    #expect(back.victimCounts == .init(created: 1))
    #expect(register.cases.values.map(\.id) == [caseID])
    #expect(register.cases.values.map(\.state) == [.triage])
  }

  @Test func movesAVictimWhoseDateIsCorrected() throws {
    var register = Self.register()
    _ = register.take(try Self.file([("00001", [:]), ("00002", [:])]))
    let plan = register.take(try Self.file([("00001", [:]), ("00002", [.incidentDate: "2019-05-19"])]))
    #expect(plan.report.victimCounts == .init(changed: 1, unchanged: 1))
    #expect(plan.report.caseCounts == .init(created: 1, changed: 1))
    #expect(register.cases.values.map(\.victimCount).sorted() == [1, 1])
  }

  @Test func withdrawsWhatIsGone() throws {
    var register = Self.register()
    _ = register.take(try Self.file([("00001", [:]), ("00002", [:]), ("00003", [.incidentDate: "2019-06-01"])]))
    let report = register.take(try Self.file([("00001", [:])])).report
    #expect(report.rowCounts == .init(unchanged: 1, withdrawn: 2))
    #expect(report.victimCounts == .init(unchanged: 1, withdrawn: 2))
    #expect(report.caseCounts == .init(changed: 1, withdrawn: 1))
    #expect(report.rows.filter { $0.outcome == .withdrawn }.map(\.line) == [0, 0])
  }

  /// A case that a person has taken up keeps its state.
  @Test func leavesReviewedCasesAlone() throws {
    var register = Self.register()
    _ = register.take(try Self.file([("00001", [:])]))
    for key in register.cases.keys { register.cases[key]?.state = .open }
    let plan = register.take(try Self.file([("00001", [:]), ("00002", [:])]))
    #expect(plan.changedCases.map(\.state) == [.open])
    #expect(plan.changedCases.map(\.addedVictims) == [1])
  }
}
