/// A policy made ready to decide (XACML: policy decision point): tables in place of lists, nothing else.
///
/// Pure: the same request has the same answer, which changes only with the request's environment. Any task may use it.
package struct PolicyEvaluator: Sendable {
  package let policy: Policy
  private static let readerCount = 13
  let readers: [ReaderTable]
  /// What a caveat leaves to a reader, at `caveat * readers + reader`.
  private let caveatCaps: [Exposures]
  /// What an embargo on the case leaves to a reader, at `kind * readers + reader`.
  private let embargoCaps: [Exposures]
  /// What an embargo on a record leaves to a reader.
  private let recordEmbargoCaps: [Exposures]
  /// What a clearance leaves of a class, at `clearance`.
  private let clearanceCaps: [Exposures]
  let conflictCap: Exposures
  let liftable: CaveatSet
  let countedUnderEmbargo: [ReaderSet]
  /// The classes without a right to which there is still a redaction.
  let redactable: DataClassSet
  let protected: DataClassSet
  /// What emergency access shows.
  let emergency: Exposures

  package init(_ policy: Policy) {
    self.policy = policy
    let tables = ReaderClass.allCases.map { ReaderTable($0, of: policy) }
    readers = tables
    redactable = DataClassSet(policy.classes.lazy.filter { $0.denied == .drop }.map(\.dataClass))
    protected = DataClassSet(policy.classes.lazy.filter(\.isProtected).map(\.dataClass))
    liftable = CaveatSet(policy.caveats.lazy.filter(\.isLiftable).map(\.caveat))
    countedUnderEmbargo = policy.embargoes.map(\.counted)
    conflictCap = Exposures(policy.conflict)
    caveatCaps = policy.caveats.flatMap { Self.caps($0.caps, exempt: $0.exempt) }
    let waiting = tables.map { Exposures($0.waitsForKin.map { Cap($0, .drop) }) }
    let byKind = policy.embargoes.map { rule in
      zip(Self.caps(rule.caps, exempt: rule.exempt), waiting).map { rule.kind == .nextOfKin ? $0 & $1 : $0 }
    }
    embargoCaps = byKind.flatMap { $0 }
    recordEmbargoCaps = byKind[Int(EmbargoKind.nextOfKin.rawValue)]
    clearanceCaps = Classification.allCases.map { Self.clearanceCap($0, policy) }
    emergency = Exposures(Exposure(redactable, .drop) | Exposure(policy.emergency.classes, .clear))
  }

  private static func caps(_ caps: [Cap], exempt: ReaderSet) -> [Exposures] {
    ReaderClass.allCases.map { exempt.contains($0) ? .everything : Exposures(caps) }
  }

  /// Classes above the clearance are what they are to a reader without a right.
  private static func clearanceCap(_ clearance: Classification, _ policy: Policy) -> Exposures {
    Exposures(policy.classes.filter { $0.classification > clearance }.map { Cap($0.dataClass, $0.denied) })
  }

  @inline(__always)
  func cap(_ caveat: Caveat, _ reader: ReaderClass) -> Exposures {
    caveatCaps[Int(caveat.rawValue) * Self.readerCount + Int(reader.rawValue)]
  }

  @inline(__always)
  func cap(_ embargo: EmbargoKind, _ reader: ReaderClass) -> Exposures {
    embargoCaps[Int(embargo.rawValue) * Self.readerCount + Int(reader.rawValue)]
  }

  @inline(__always)
  func recordEmbargoCap(_ reader: ReaderClass) -> Exposures { recordEmbargoCaps[Int(reader.rawValue)] }

  @inline(__always)
  func table(_ reader: ReaderClass) -> ReaderTable { readers[Int(reader.rawValue)] }

  /// What a clearance leaves of a case of the classification.
  func clearanceCap(_ clearance: Classification, case classification: Classification) -> Exposures {
    classification > clearance ? Exposures(Exposure(redactable, .drop)) : clearanceCaps[Int(clearance.rawValue)]
  }
}
