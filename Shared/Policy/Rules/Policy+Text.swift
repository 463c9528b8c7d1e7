extension Policy {
  /// Reads a policy from its text.
  package init(text: String) throws(PolicyTextError) {
    var parser = PolicyParser()
    try parser.read(text)
    self = try parser.policy()
    try check()
  }

  /// What no policy may say, whoever wrote it.
  private func check() throws(PolicyTextError) {
    if let rule = readers.first(where: { $0.hat == .implicated }) {
      throw PolicyTextError(.implicationGivesNoRight(rule.reader), line: 0)
    }
    guard exclusive.contains(.systemOperator), !emergency.readers.contains(.systemOperator) else {
      throw PolicyTextError(.operatorIsNotAlone, line: 0)
    }
    let handedOver = delegable.intersection(exclusive)
    guard handedOver.isEmpty else { throw PolicyTextError(.exclusiveIsDelegable(handedOver), line: 0) }
    let waiting = embargoes.first { $0.kind == .nextOfKin }?.exempt ?? []
    for dataClass in DataClass.allCases {
      guard cell(dataClass, .systemOperator).entitlements.allSatisfy({ $0.right == .verify }) else {
        throw PolicyTextError(.operatorMayOnlyVerify(dataClass), line: 0)
      }
      for reader in waiting {
        guard cell(dataClass, reader).entitlements.allSatisfy({ !$0.conditions.contains(.kinTold) }) else {
          throw PolicyTextError(.contradictsEmbargo(dataClass, reader), line: 0)
        }
      }
    }
  }
}

extension PolicyParser {
  /// The policy, when everything has been said.
  func policy() throws(PolicyTextError) -> Policy {
    let columns = try Self.said(columns, "matrix")
    var matrix: [[Cell]] = []
    for cells in try Self.all(rows) { matrix.append(try Self.ordered(cells, columns)) }
    return Policy(
      version: try Self.said(version, "policy"),
      readers: try Self.all(readers),
      classes: try Self.all(classes),
      matrix: matrix,
      caveats: try Self.all(caveats),
      embargoes: try Self.all(embargoes),
      conflict: try Self.said(conflict, "conflict"),
      lockdownExempt: try Self.said(lockdownExempt, "lockdown"),
      emergency: try Self.said(emergency, "emergency"),
      grants: try Self.said(grants, "grants"),
      classification: try Self.said(classification, "downgrade"),
      delegable: try Self.said(delegable, "delegable"),
      exclusive: try Self.said(exclusive, "exclusive"),
      sharing: try Self.said(sharing, "sharing")
    )
  }

  private static func said<Value>(_ value: Value?, _ name: String) throws(PolicyTextError) -> Value {
    guard let value else { throw PolicyTextError(.incomplete(name), line: 0) }
    return value
  }

  private static func all<Key: PolicyCode, Value>(_ table: [Key: Value]) throws(PolicyTextError) -> [Value] {
    var values: [Value] = []
    for key in Key.allCases { values.append(try said(table[key], key.code)) }
    return values
  }

  private static func ordered(_ cells: [Cell], _ columns: [ReaderClass]) throws(PolicyTextError) -> [Cell] {
    var ordered: [Cell] = []
    for reader in ReaderClass.allCases {
      ordered.append(cells[Int(try said(columns.firstIndex(of: reader), reader.code))])
    }
    return ordered
  }
}
