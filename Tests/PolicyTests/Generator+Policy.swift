import Policy

extension Generator {
  /// A policy as different from the standard one as policies can be.
  mutating func policy() throws -> Policy {
    var policy = try Policy.standard()
    policy.version = UInt32.random(in: 1...100, using: &random)
    for index in policy.readers.indices where chance(3) {
      policy.readers[index].hat = chance(3) ? nil : one(of: HatKind.allCases.filter { $0 != .implicated })
      policy.readers[index].moments = policy.readers[index].hat == nil ? [] : some(oneIn: 2)
      policy.readers[index].purpose = chance(4) ? .audit : nil
    }
    for index in policy.classes.indices where chance(2) {
      policy.classes[index].classification = one(of: Classification.allCases)
      policy.classes[index].summary = one(of: Transform.allCases)
      policy.classes[index].denied = chance(2) ? .drop : .absent
    }
    for row in policy.matrix.indices {
      for column in policy.matrix[row].indices where column != ReaderClass.systemOperator.rawValue {
        if chance(3) { policy.matrix[row][column] = cell() }
      }
    }
    for index in policy.caveats.indices {
      policy.caveats[index] = CaveatRule(
        policy.caveats[index].caveat, caps: caps(), exempt: some(oneIn: 3), isLiftable: chance(2))
    }
    for index in policy.embargoes.indices {
      policy.embargoes[index] = EmbargoRule(
        policy.embargoes[index].kind, caps: caps(), exempt: [], counted: some(oneIn: 3))
    }
    policy.conflict = caps()
    policy.lockdownExempt = some(oneIn: 4)
    policy.emergency.readers = some(oneIn: 3)
    policy.emergency.classes = some(oneIn: 2)
    policy.delegable = some(oneIn: 2)
    if chance(2) { policy.exclusive = some(oneIn: 8) }
    policy.exclusive.insert(.systemOperator)
    policy.emergency.readers.remove(.systemOperator)
    policy.delegable = policy.delegable.subtracting(policy.exclusive)
    policy.sharing = some(oneIn: 3)
    // Nothing is made that could not be written.
    return try Policy(text: policy.canonicalText)
  }

  private mutating func cell() -> Cell {
    let texts = [
      "-", "W", "P", "R", "S", "G", "O", "V", "R@own", "S@own", "R@own+S", "O+G", "S+G", "R!NOK", "G!COI!OLA", "G!OLA",
      "G!COI", "R!ORIGINATOR", "R!SDC", "R@own!SDC+S", "G@own", "P@own", "W@own+G",
    ]
    return Cell(one(of: texts)) ?? Cell([])
  }

  private mutating func caps() -> [Cap] {
    many(6) { Cap($0.one(of: DataClass.allCases), isForOthers: $0.chance(2), $0.one(of: Transform.allCases)) }
  }
}
