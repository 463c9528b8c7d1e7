import AIP

/// What an import did, for whoever asked for it.
struct ImportReport: Sendable, Equatable {
  struct Counts: Sendable, Equatable {
    var created: Int32 = 0
    var changed: Int32 = 0
    var unchanged: Int32 = 0
    var refused: Int32 = 0
    var withdrawn: Int32 = 0
  }

  struct Reclassification: Hashable, Sendable {
    var from: IncidentType
    var to: IncidentType
  }

  struct Row: Sendable, Equatable {
    /// The numbers of the contract.
    enum Outcome: Int16, Sendable {
      case created = 1
      case changed, unchanged, refused, withdrawn
    }

    /// 0 for a withdrawn record.
    var line: Int
    var outcome: Outcome
    var casualtyID: String
    /// Nil when refused.
    var row: FatalityRow?
    var caseID: RecordID?
    var changes: [FieldChange] = []
    var refusal: FatalityRefusal?
  }

  var rowCounts = Counts()
  var caseCounts = Counts()
  var victimCounts = Counts()
  var reclassifications: [Reclassification: Int32] = [:]
  var rows: [Row] = []
}

extension ImportReport.Row {
  /// What the row means for the register, by the numbers of the contract.
  enum Scope: Int16, Sendable {
    case unknown = 0
    case inScope, pending, outOfScope
  }

  var scope: Scope {
    switch row?.incidentType {
    case nil: .unknown
    case .maliciousAct: .inScope
    case .toBeDetermined, .unknown: .pending
    case .accident, .illness, .selfInflicted: .outOfScope
    }
  }
}
