/// Reads a policy: one statement a line, words with blanks between them, remarks after `#`; the order is free.
struct PolicyParser {
  var version: UInt32?
  var readers: [ReaderClass: ReaderRule] = [:]
  var classes: [DataClass: ClassRule] = [:]
  var columns: [ReaderClass]?
  var rows: [DataClass: [Cell]] = [:]
  var caveats: [Caveat: CaveatRule] = [:]
  var embargoes: [EmbargoKind: EmbargoRule] = [:]
  var conflict: [Cap]?
  var lockdownExempt: ReaderSet?
  var emergency: EmergencyRule?
  var grants: GrantRule?
  var classification: ClassificationRule?
  var delegable: ReaderSet?
  var exclusive: ReaderSet?
  var sharing: ReaderSet?

  mutating func read(_ text: String) throws(PolicyTextError) {
    var number = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      number += 1
      var words = PolicyWords(line, line: number)
      guard !words.isEmpty else { continue }
      try statement(&words)
      try words.end()
    }
  }

  private mutating func statement(_ words: inout PolicyWords) throws(PolicyTextError) {
    let name = try words.next("statement")
    switch name {
    case "policy": try Self.set(&version, name, &words) { words throws(PolicyTextError) in try words.version() }
    case "reader": try Self.add(to: &readers, &words) { words throws(PolicyTextError) in try words.readerRule() }
    case "class": try Self.add(to: &classes, &words) { words throws(PolicyTextError) in try words.classRule() }
    case "matrix": try Self.set(&columns, name, &words) { words throws(PolicyTextError) in try words.columns() }
    case "row": try Self.add(to: &rows, &words) { words throws(PolicyTextError) in try words.row() }
    case "caveat": try Self.add(to: &caveats, &words) { words throws(PolicyTextError) in try words.caveatRule() }
    case "embargo": try Self.add(to: &embargoes, &words) { words throws(PolicyTextError) in try words.embargoRule() }
    case "conflict": try Self.set(&conflict, name, &words) { words throws(PolicyTextError) in try words.conflict() }
    case "emergency": try Self.set(&emergency, name, &words) { words throws(PolicyTextError) in try words.emergency() }
    case "grants": try Self.set(&grants, name, &words) { words throws(PolicyTextError) in try words.grants() }
    case "downgrade":
      try Self.set(&classification, name, &words) { words throws(PolicyTextError) in try words.classification() }
    case "lockdown":
      try words.expect("except")
      try Self.set(&lockdownExempt, name, &words) { $0.codes() }
    case "delegable": try Self.set(&delegable, name, &words) { $0.codes() }
    case "exclusive": try Self.set(&exclusive, name, &words) { $0.codes() }
    case "sharing": try Self.set(&sharing, name, &words) { $0.codes() }
    default: throw words.error(.unknownStatement)
    }
  }

  private static func set<Value>(
    _ place: inout Value?, _ name: Substring, _ words: inout PolicyWords,
    _ read: (inout PolicyWords) throws(PolicyTextError) -> Value
  ) throws(PolicyTextError) {
    guard place == nil else { throw words.error(.repeated(String(name))) }
    place = try read(&words)
  }

  private static func add<Key: PolicyCode, Value>(
    to table: inout [Key: Value], _ words: inout PolicyWords,
    _ read: (inout PolicyWords) throws(PolicyTextError) -> (Key, Value)
  ) throws(PolicyTextError) {
    let (key, value) = try read(&words)
    guard table.updateValue(value, forKey: key) == nil else { throw words.error(.repeated(key.code)) }
  }
}
