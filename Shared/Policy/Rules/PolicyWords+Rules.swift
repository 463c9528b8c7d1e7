// The statements of a policy after their first word.
extension PolicyWords {
  mutating func version() throws(PolicyTextError) -> UInt32 { UInt32(try number("version")) }

  /// `HQ by role`, `HST by hat HOST at INCIDENT NOW`, `AUD by role for AUDIT`
  mutating func readerRule() throws(PolicyTextError) -> (ReaderClass, ReaderRule) {
    var rule = ReaderRule(try code())
    try expect("by")
    if !take("role") {
      try expect("hat")
      rule.hat = try code(HatKind.self)
      try expect("at")
      if !take("ANY") {
        rule.moments = codes()
        if rule.moments.isEmpty { throw error(.missing("moment")) }
      }
    }
    if take("for") { rule.purpose = try code(Purpose.self) }
    return (rule.reader, rule)
  }

  /// `WITNESS STRICTLY_CONFIDENTIAL summary DROP denied ABSENT protected`
  mutating func classRule() throws(PolicyTextError) -> (DataClass, ClassRule) {
    let dataClass: DataClass = try code()
    let classification: Classification = try code()
    try expect("summary")
    let summary: Transform = try code()
    try expect("denied")
    let denied: Transform = try code()
    guard denied <= .drop else { throw error(.deniedShows(dataClass)) }
    let rule = ClassRule(
      dataClass, classification: classification, summary: summary, denied: denied, isProtected: take("protected"))
    return (dataClass, rule)
  }

  /// The names of the columns, each once.
  mutating func columns() throws(PolicyTextError) -> [ReaderClass] {
    var columns: [ReaderClass] = []
    while !isEmpty {
      let reader: ReaderClass = try code()
      guard !columns.contains(reader) else { throw error(.repeated(reader.code)) }
      columns.append(reader)
    }
    return columns
  }

  /// A data class and its cells in the order of the columns.
  mutating func row() throws(PolicyTextError) -> (DataClass, [Cell]) {
    let dataClass: DataClass = try code()
    var cells: [Cell] = []
    while !isEmpty {
      let word = try next("cell")
      guard let cell = Cell(word) else { throw error(.unexpectedWord(String(word))) }
      cells.append(cell)
    }
    guard cells.count == ReaderClass.allCases.count else { throw error(.wrongNumberOfCells(cells.count)) }
    return (dataClass, cells)
  }

  /// `OPSEC caps EXACT=GENERALISE except HQ LEG liftable`
  mutating func caveatRule() throws(PolicyTextError) -> (Caveat, CaveatRule) {
    let caveat: Caveat = try code()
    try expect("caps")
    let caps = caps()
    try expect("except")
    return (caveat, CaveatRule(caveat, caps: caps, exempt: codes(), isLiftable: take("liftable")))
  }

  /// `NEXT_OF_KIN caps VICTIM_IDENTITY=ABSENT except HQ counted HQ`
  mutating func embargoRule() throws(PolicyTextError) -> (EmbargoKind, EmbargoRule) {
    let kind: EmbargoKind = try code()
    try expect("caps")
    let caps = caps()
    try expect("except")
    let exempt: ReaderSet = codes()
    try expect("counted")
    return (kind, EmbargoRule(kind, caps: caps, exempt: exempt, counted: codes()))
  }

  /// `caps WITNESS=ABSENT`
  mutating func conflict() throws(PolicyTextError) -> [Cap] {
    try expect("caps")
    return caps()
  }

  /// `readers MFP SFP classes CORE EXACT hours 4 notices 2`
  mutating func emergency() throws(PolicyTextError) -> EmergencyRule {
    try expect("readers")
    let readers: ReaderSet = codes()
    try expect("classes")
    let classes: DataClassSet = codes()
    try expect("hours")
    let hours = try number("hours")
    try expect("notices")
    return EmergencyRule(readers: readers, classes: classes, hours: hours, notices: try number("notices"))
  }

  /// `approvers HQ LEG legal LEG days 365`
  mutating func grants() throws(PolicyTextError) -> GrantRule {
    try expect("approvers")
    let approvers: ReaderSet = codes()
    try expect("legal")
    let legal: ReaderSet = codes()
    try expect("days")
    return GrantRule(approvers: approvers, legal: legal, days: try number("days"))
  }

  /// `by HQ LEG opens 20`
  mutating func classification() throws(PolicyTextError) -> ClassificationRule {
    try expect("by")
    let downgraders: ReaderSet = codes()
    try expect("opens")
    return ClassificationRule(downgraders: downgraders, years: try number("years"))
  }
}
