/// The column of one reader class, made ready: what the matrix gives it and how a subject comes to it.
struct ReaderTable: Sendable {
  let rule: ReaderRule
  /// What it sees without a grant.
  private(set) var base: Exposures
  /// What a grant adds, and what a grant adds that the Office of Legal Affairs has cleared.
  private(set) var byGrant = Exposures.nothing
  private(set) var byClearedGrant = Exposures.nothing
  /// The classes that no grant opens to a party in a conflict of interest.
  private(set) var closedInConflict: DataClassSet = []
  /// What it may do, before what it may see is looked at.
  private(set) var writable: DataClassSet = []
  private(set) var proposable: DataClassSet = []
  private(set) var contributable: DataClassSet = []
  /// The classes that wait for the next of kin whatever the embargo's rule says.
  private(set) var waitsForKin: DataClassSet = []

  init(_ reader: ReaderClass, of policy: Policy) {
    rule = policy.readers[Int(reader.rawValue)]
    base = Exposures(
      Exposure(DataClassSet(policy.classes.lazy.filter { $0.denied == .drop }.map(\.dataClass)), .drop))
    for dataClass in DataClass.allCases {
      for entitlement in policy.cell(dataClass, reader).entitlements {
        add(entitlement, to: policy.classes[Int(dataClass.rawValue)])
      }
    }
  }

  private mutating func add(_ entitlement: Entitlement, to rule: ClassRule) {
    let conditions = entitlement.conditions
    if conditions.contains(.kinTold) { waitsForKin.insert(rule.dataClass) }
    if conditions.contains(.noConflict) { closedInConflict.insert(rule.dataClass) }
    let shown = Self.exposures(entitlement, rule)
    switch entitlement.right {
    case .grant:
      byClearedGrant |= shown
      if !conditions.contains(.clearedByLegal) { byGrant |= shown }
    case .write: writable.insert(rule.dataClass)
    case .propose: proposable.insert(rule.dataClass)
    case .own: contributable.insert(rule.dataClass)
    case .read, .summary, .verify: break
    }
    if entitlement.right != .grant { base |= shown }
  }

  private static func exposures(_ entitlement: Entitlement, _ rule: ClassRule) -> Exposures {
    let transform: Transform =
      switch entitlement.right {
      case .summary: rule.summary
      case .verify: .mask
      default: entitlement.conditions.contains(.disclosureControl) ? .discloseSafely : .clear
      }
    let shown = Exposure([rule.dataClass], transform)
    if entitlement.isOwnOnly || entitlement.right == .own {
      return Exposures(own: shown, released: .nothing, others: .nothing)
    }
    if entitlement.conditions.contains(.originatorConsents) {
      return Exposures(own: shown, released: shown, others: .nothing)
    }
    return Exposures(shown)
  }
}
