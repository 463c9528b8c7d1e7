import AIP

/// Works out what an import writes from what the publication changes and what the register holds. No I/O.
struct ImportPlanner {
  /// A case while the plan is made.
  private struct Draft {
    var id: RecordID
    var onRecord: FatalitiesRegister.CaseOnRecord?
    var victimCount: Int32
    var isTouched = false
  }

  private let register: FatalitiesRegister
  private let newID: () -> RecordID
  private var plan = ImportPlan()
  private var drafts: [FatalityCaseKey: Draft] = [:]
  private var newKeys: [FatalityCaseKey] = []

  private init(_ register: FatalitiesRegister, newID: @escaping () -> RecordID) {
    self.register = register
    self.newID = newID
    for (key, onRecord) in register.cases {
      drafts[key] = Draft(id: onRecord.id, onRecord: onRecord, victimCount: onRecord.victimCount)
    }
  }

  /// The plan of an import; `newID` makes the ids of what it adds.
  static func plan(
    _ changes: Reconciliation,
    register: FatalitiesRegister,
    newID: @escaping () -> RecordID
  ) -> ImportPlan {
    var planner = ImportPlanner(register, newID: newID)
    for entry in changes.entries { planner.take(entry) }
    for record in changes.withdrawn { planner.withdraw(record) }
    planner.settleCases()
    return planner.plan
  }

  private mutating func take(_ entry: Reconciliation.Entry) {
    var reported = ImportReport.Row(
      line: entry.line,
      outcome: .unchanged,
      casualtyID: entry.casualtyID,
      row: entry.row
    )
    switch (entry.outcome, entry.row) {
    case (.refused(let refusal), _):
      reported.outcome = .refused
      reported.refusal = refusal
      plan.report.rowCounts.refused += 1
    case (.created, let row?):
      reported.outcome = .created
      reported.caseID = create(row, line: entry.line)
    case (.changed(let stored, let changes), let row?):
      reported.outcome = .changed
      reported.changes = changes
      reported.caseID = change(stored, to: row, changes, line: entry.line)
    case (.unchanged(let stored), _):
      plan.report.rowCounts.unchanged += 1
      if stored.row.caseKey != nil { plan.report.victimCounts.unchanged += 1 }
    case (_, nil): return
    }
    plan.report.rows.append(reported)
  }

  private mutating func create(_ row: FatalityRow, line: Int) -> RecordID? {
    let id = newID()
    plan.report.rowCounts.created += 1
    plan.newRecords.append(.init(id: id, row: row))
    plan.events.append(.init(recordID: id, kind: .created, line: line, changes: []))
    return row.caseKey.map { addVictim(recordID: id, row, to: $0) }
  }

  private mutating func change(
    _ stored: StoredFatality,
    to row: FatalityRow,
    _ changes: [FieldChange],
    line: Int
  ) -> RecordID? {
    plan.report.rowCounts.changed += 1
    plan.changedRecords.append(.init(id: stored.id, row: row))
    plan.events.append(.init(recordID: stored.id, kind: .changed, line: line, changes: changes))
    if stored.row.incidentType != row.incidentType {
      plan.report.reclassifications[.init(from: stored.row.incidentType, to: row.incidentType), default: 0] += 1
    }
    guard let key = row.caseKey else {
      withdrawVictim(of: stored.id)
      return nil
    }
    guard let victim = register.victims[stored.id] else {
      return addVictim(recordID: stored.id, row, to: key)
    }
    return changeVictim(victim, row, key)
  }

  private mutating func withdraw(_ record: StoredFatality) {
    plan.report.rowCounts.withdrawn += 1
    plan.withdrawnRecords.append(record.id)
    plan.events.append(.init(recordID: record.id, kind: .withdrawn, line: 0, changes: []))
    withdrawVictim(of: record.id)
    plan.report.rows.append(
      ImportReport.Row(line: 0, outcome: .withdrawn, casualtyID: record.row.casualtyID, row: record.row)
    )
  }
}

// Victims.
extension ImportPlanner {
  private mutating func addVictim(recordID: RecordID, _ row: FatalityRow, to key: FatalityCaseKey) -> RecordID {
    plan.report.victimCounts.created += 1
    let caseID = touch(key, adding: 1)
    plan.newVictims.append(.init(id: newID(), recordID: recordID, caseID: caseID, row: row))
    return caseID
  }

  private mutating func changeVictim(
    _ victim: FatalitiesRegister.VictimOnRecord,
    _ row: FatalityRow,
    _ key: FatalityCaseKey
  ) -> RecordID {
    if victim.isWithdrawn {
      plan.report.victimCounts.created += 1
    } else {
      plan.report.victimCounts.changed += 1
      touch(victim.caseKey, adding: -1)
    }
    let caseID = touch(key, adding: 1)
    plan.changedVictims.append(.init(id: victim.id, caseID: caseID, row: row))
    return caseID
  }

  private mutating func withdrawVictim(of recordID: RecordID) {
    guard let victim = register.victims[recordID], !victim.isWithdrawn else { return }
    plan.report.victimCounts.withdrawn += 1
    plan.withdrawnVictims.append(victim.id)
    touch(victim.caseKey, adding: -1)
  }
}

// Cases.
extension ImportPlanner {
  @discardableResult
  private mutating func touch(_ key: FatalityCaseKey, adding victims: Int32) -> RecordID {
    if drafts[key] == nil {
      drafts[key] = Draft(id: newID(), onRecord: nil, victimCount: 0)
      newKeys.append(key)
    }
    drafts[key]?.victimCount += victims
    drafts[key]?.isTouched = true
    return drafts[key]?.id ?? newID()
  }

  private mutating func settleCases() {
    var numbers = register.lastNumbers
    // Numbers follow the incidents, not the order of the file.
    for key in newKeys.sorted(by: { ($0.date, $0.mission.rawValue) < ($1.date, $1.mission.rawValue) }) {
      guard let draft = drafts[key], let mission = register.missions[key.mission] else { continue }
      let series = DisplayNumber.Series(mission: key.mission, year: key.date.year)
      numbers[series, default: 0] += 1
      plan.newCases.append(
        .init(
          id: draft.id,
          key: key,
          number: DisplayNumber(series: series, missionCode: mission.code, number: numbers[series, default: 1]),
          hosts: HostStates(of: mission, on: key.date),
          victimCount: draft.victimCount
        )
      )
      plan.report.caseCounts.created += 1
    }
    for draft in drafts.values.sorted(by: { $0.id < $1.id }) {
      if let onRecord = draft.onRecord { settle(draft, onRecord) }
    }
  }

  private mutating func settle(_ draft: Draft, _ onRecord: FatalitiesRegister.CaseOnRecord) {
    guard draft.isTouched else {
      if onRecord.state != .outOfScope { plan.report.caseCounts.unchanged += 1 }
      return
    }
    let state = Self.state(after: onRecord.state, victims: draft.victimCount)
    plan.changedCases.append(
      .init(id: draft.id, state: state, addedVictims: draft.victimCount - onRecord.victimCount))
    if state == .outOfScope {
      plan.report.caseCounts.withdrawn += 1
    } else {
      plan.report.caseCounts.changed += 1
    }
  }

  // A case that a person has taken up stays in that person's hands, and one that another stands for merged; only one nobody has reviewed, or that had left the
  // register, moves by itself.
  private static func state(after state: Case.State, victims: Int32) -> Case.State {
    if state == .merged { return state }
    if victims == 0 { return .outOfScope }
    return state == .outOfScope ? .triage : state
  }
}
