import AIP

/// What the register holds of the fatalities before an import.
struct FatalitiesRegister: Sendable {
  /// A case that an import made.
  struct CaseOnRecord: Hashable, Sendable {
    var id: RecordID
    var key: FatalityCaseKey
    var state: Case.State
    var victimCount: Int32
  }

  /// The victim that a record became.
  struct VictimOnRecord: Hashable, Sendable {
    var id: RecordID
    var caseKey: FatalityCaseKey
    var isWithdrawn: Bool
  }

  var records: [StoredFatality] = []
  var cases: [FatalityCaseKey: CaseOnRecord] = [:]
  /// By the id of the record.
  var victims: [RecordID: VictimOnRecord] = [:]
  var missions: [MissionID: Mission] = [:]
  /// The highest running number of a display number.
  var lastNumbers: [DisplayNumber.Series: Int32] = [:]
}
