import AIP

/// What a publication adds, changes and withdraws, record by record. A pure comparison.
struct Reconciliation: Sendable, Equatable {
  enum Outcome: Sendable, Equatable {
    case created
    case changed(StoredFatality, [FieldChange])
    case unchanged(StoredFatality)
    case refused(FatalityRefusal)
  }

  struct Entry: Sendable, Equatable {
    var line: Int
    var casualtyID: String
    /// Nil when refused.
    var row: FatalityRow?
    var outcome: Outcome
  }

  /// The rows in the order of the file.
  var entries: [Entry]
  /// Records that were in the publication before and are not in this one.
  var withdrawn: [StoredFatality]

  init(_ file: FatalitiesFile, stored: [StoredFatality]) {
    var matches = Matches(file, stored: stored)
    entries = file.entries.map { entry in
      switch entry.content {
      case .failure(let refusal):
        Entry(line: entry.line, casualtyID: entry.casualtyID, row: nil, outcome: .refused(refusal))
      case .success(let row):
        Entry(
          line: entry.line,
          casualtyID: entry.casualtyID,
          row: row,
          outcome: Self.outcome(row, matches.take(row.key))
        )
      }
    }
    withdrawn = matches.rest(stored)
  }

  // A record that comes back after it was withdrawn is a change even if its content is the same.
  private static func outcome(_ row: FatalityRow, _ stored: StoredFatality?) -> Outcome {
    guard let stored else { return .created }
    let changes = stored.row.changes(to: row)
    return changes.isEmpty && !stored.isWithdrawn ? .unchanged(stored) : .changed(stored, changes)
  }
}

extension Reconciliation {
  /// Which record on record each row is.
  ///
  /// Rows are matched by casualty_id and nationality; what is then left of a casualty_id, if it is one row and one
  /// record, is the same person with a corrected nationality.
  private struct Matches {
    private var stored: [FatalityKey: StoredFatality] = [:]
    /// The ids of refused rows: their records are in the publication, so they are not withdrawn.
    private var refused: Set<String> = []

    init(_ file: FatalitiesFile, stored records: [StoredFatality]) {
      for record in records { stored[record.row.key] = record }
      var leftRows: [String: [FatalityKey]] = [:]
      for entry in file.entries {
        switch entry.content {
        case .failure: refused.insert(entry.casualtyID)
        case .success(let row) where stored[row.key] == nil: leftRows[row.casualtyID, default: []].append(row.key)
        case .success: break
        }
      }
      guard !leftRows.isEmpty else { return }
      let present = Set(file.entries.compactMap { try? $0.content.get().key })
      var leftRecords: [String: [StoredFatality]] = [:]
      for record in records where !present.contains(record.row.key) {
        leftRecords[record.row.casualtyID, default: []].append(record)
      }
      for (casualtyID, keys) in leftRows {
        guard keys.count == 1, let candidates = leftRecords[casualtyID], candidates.count == 1 else { continue }
        stored[candidates[0].row.key] = nil
        stored[keys[0]] = candidates[0]
      }
    }

    mutating func take(_ key: FatalityKey) -> StoredFatality? {
      stored.removeValue(forKey: key)
    }

    /// What no row matched, in the order of `records`.
    func rest(_ records: [StoredFatality]) -> [StoredFatality] {
      let left = Set(stored.values.map(\.id))
      return records.filter { record in
        left.contains(record.id) && !record.isWithdrawn && !refused.contains(record.row.casualtyID)
      }
    }
  }
}
