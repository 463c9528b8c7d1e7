import AIP

/// Everything that an import writes, worked out before anything is written.
struct ImportPlan: Sendable, Equatable {
  struct NewRecord: Sendable, Equatable {
    var id: RecordID
    var row: FatalityRow
  }

  struct ChangedRecord: Sendable, Equatable {
    var id: RecordID
    var row: FatalityRow
  }

  struct NewCase: Sendable, Equatable {
    var id: RecordID
    var key: FatalityCaseKey
    var number: DisplayNumber
    var hosts: HostStates
    var victimCount: Int32
  }

  struct ChangedCase: Sendable, Equatable {
    var id: RecordID
    var state: Case.State
    /// Less than nothing where more were taken from it. People add victims too, so no number of all is written.
    var addedVictims: Int32
  }

  struct NewVictim: Sendable, Equatable {
    var id: RecordID
    var recordID: RecordID
    var caseID: RecordID
    var row: FatalityRow
  }

  struct ChangedVictim: Sendable, Equatable {
    var id: RecordID
    var caseID: RecordID
    var row: FatalityRow
  }

  /// What happened to a record, for its history.
  struct Event: Sendable, Equatable {
    enum Kind: Int16, Sendable {
      case created = 1
      case changed, withdrawn
    }

    var recordID: RecordID
    var kind: Kind
    /// 0 for a withdrawal.
    var line: Int
    var changes: [FieldChange]
  }

  var newRecords: [NewRecord] = []
  var changedRecords: [ChangedRecord] = []
  var withdrawnRecords: [RecordID] = []
  var events: [Event] = []
  var newCases: [NewCase] = []
  var changedCases: [ChangedCase] = []
  var newVictims: [NewVictim] = []
  var changedVictims: [ChangedVictim] = []
  var withdrawnVictims: [RecordID] = []
  var report = ImportReport()
}
