import AIP
import Foundation
import Testing

@testable import CasesServer

/// The two real publications that the project carries, and a register in memory to import them into.
enum Publications {
  static let first = "un-peacekeeping-fatalities-2023-11-28.csv"
  static let second = "un-peacekeeping-fatalities-2025-04-04.csv"

  static func bytes(_ name: String) throws -> [UInt8] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..").standardized
    return [UInt8](try Data(contentsOf: root.appending(path: "Services/Cases/Data/\(name)")))
  }

  static func file(_ name: String, missions: Set<String>) throws -> FatalitiesFile {
    var reader = FatalitiesReader(missions: missions)
    try reader.read(bytes(name))
    return try reader.finish()
  }
}

extension FatalitiesRegister {
  /// Imports a file as the store does, in memory.
  mutating func take(_ file: FatalitiesFile) -> ImportPlan {
    let generator = RecordID.Generator()
    let plan = ImportPlanner.plan(Reconciliation(file, stored: records), register: self) {
      generator.next(unixMilliseconds: 1)
    }
    apply(plan)
    return plan
  }

  private mutating func apply(_ plan: ImportPlan) {
    for new in plan.newRecords { records.append(StoredFatality(id: new.id, row: new.row, isWithdrawn: false)) }
    for index in records.indices {
      if let change = plan.changedRecords.first(where: { $0.id == records[index].id }) {
        records[index].row = change.row
        records[index].isWithdrawn = false
      }
      if plan.withdrawnRecords.contains(records[index].id) { records[index].isWithdrawn = true }
    }
    for new in plan.newCases {
      cases[new.key] = CaseOnRecord(id: new.id, key: new.key, state: .triage, victimCount: new.victimCount)
      lastNumbers[new.number.series] = max(lastNumbers[new.number.series] ?? 0, new.number.number)
    }
    for change in plan.changedCases {
      for (key, onRecord) in cases where onRecord.id == change.id {
        cases[key]?.state = change.state
        cases[key]?.victimCount += change.addedVictims
      }
    }
    let keys = Dictionary(uniqueKeysWithValues: cases.values.map { ($0.id, $0.key) })
    for new in plan.newVictims {
      guard let key = keys[new.caseID] else { continue }
      victims[new.recordID] = VictimOnRecord(id: new.id, caseKey: key, isWithdrawn: false)
    }
    for (recordID, victim) in victims {
      if let change = plan.changedVictims.first(where: { $0.id == victim.id }), let key = keys[change.caseID] {
        victims[recordID] = VictimOnRecord(id: victim.id, caseKey: key, isWithdrawn: false)
      }
      if plan.withdrawnVictims.contains(victim.id) { victims[recordID]?.isWithdrawn = true }
    }
  }
}

@Suite("The two publications")
struct PublicationTests {
  /// A register that knows every mission of the data, as a mission without a host.
  private static func register() throws -> FatalitiesRegister {
    var register = FatalitiesRegister()
    for name in [Publications.first, Publications.second] {
      let text = String(decoding: try Publications.bytes(name), as: UTF8.self)
      for line in text.split(whereSeparator: \.isNewline).dropFirst() {
        let code = String(line.split(separator: ",", omittingEmptySubsequences: false)[3])
        register.missions[MissionID(code: code)] = .exercise(code)
      }
    }
    return register
  }

  @Test func whatTheSecondAddsAndChanges() throws {
    var register = try Self.register()
    let missions = Set(register.missions.values.map(\.code))

    let first = register.take(try Publications.file(Publications.first, missions: missions)).report
    #expect(first.rowCounts == .init(created: 3078))
    #expect(first.caseCounts == .init(created: 418))
    #expect(first.victimCounts == .init(created: 786))

    let again = register.take(try Publications.file(Publications.first, missions: missions))
    #expect(again.report.rowCounts == .init(unchanged: 3078))
    #expect(again.report.caseCounts == .init(unchanged: 418))
    #expect(again.report.victimCounts == .init(unchanged: 786))
    #expect(again.events.isEmpty && again.changedCases.isEmpty)

    let second = register.take(try Publications.file(Publications.second, missions: missions)).report
    // 78 reclassified, 3 given a gender of which all are among those, 2 given another name.
    #expect(second.rowCounts == .init(created: 62, changed: 80, unchanged: 2998))
    let reclassified = second.reclassifications.map { ("\($0.key.from) → \($0.key.to)", $0.value) }
    #expect(
      Dictionary(uniqueKeysWithValues: reclassified) == [
        "toBeDetermined → illness": 44, "toBeDetermined → maliciousAct": 7, "toBeDetermined → accident": 6,
        "toBeDetermined → unknown": 5, "toBeDetermined → selfInflicted": 5, "unknown → illness": 11,
      ]
    )
    let changed = second.rows.filter { $0.outcome == .changed }
    func count(_ column: FatalityColumn) -> Int { changed.count { $0.changes.contains { $0.column == column } } }
    #expect(count(.incidentType) == 78)
    #expect(count(.gender) == 3)
    #expect(count(.nationality) == 2)
    #expect(count(.isoCode) == 2 && count(.m49) == 2)
    #expect(
      changed.filter { $0.changes.contains { $0.column == .nationality } }.allSatisfy {
        $0.row?.nationality == Nationality(code: "TUR", sourceName: "Türkiye")
      })

    #expect(register.victims.values.count { !$0.isWithdrawn } == 799)
    #expect(register.cases.values.count { $0.state != .outOfScope } == 429)
    #expect(register.cases.values.reduce(0) { $0 + $1.victimCount } == 799)
    #expect(second.caseCounts.created == 11)
    #expect(second.victimCounts.created == 13)
  }

  @Test func nothingIsRefused() throws {
    let missions = Set(try Self.register().missions.values.map(\.code))
    #expect(missions.count == 74)
    for name in [Publications.first, Publications.second] {
      #expect(try Publications.file(name, missions: missions).refusals == 0)
    }
  }
}
