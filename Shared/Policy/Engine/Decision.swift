/// The policy's answer (XACML: decision with obligations), good for the moment of the request.
package struct Decision: Hashable, Sendable {
  package enum Effect: UInt8, Hashable, Sendable { case deny, allow }

  package internal(set) var effect: Effect
  /// Why the action is refused; ``Reason/none`` when it is allowed.
  package internal(set) var refusal: Reason
  /// Whether the resource is there for the subject. If not, the answer is that of a resource that does not exist.
  package internal(set) var isVisible: Bool
  /// The version of the policy that decided.
  package internal(set) var policyVersion: UInt32
  package internal(set) var obligations: Obligations
  /// In what qualities the subject reads.
  package internal(set) var readers: ReaderSet
  /// Which data classes the subject may change, propose changes to, add own records of, and pass on.
  package internal(set) var writable: DataClassSet
  package internal(set) var proposable: DataClassSet
  package internal(set) var contributable: DataClassSet
  package internal(set) var sharable: DataClassSet
  /// Whether the subject's counts include anything of the case, and of it records whose next of kin have not been told.
  package internal(set) var isCounted: Bool
  package internal(set) var countsEmbargoed: Bool

  /// What is shown, of records free of and under embargo.
  var shown: Exposures
  var shownEmbargoed: Exposures
  /// Why not more.
  var causes: Causes
  let party: PartyID
  let clearance: Classification
  /// The classes of which a reader without a right is told that there is something.
  let redactable: DataClassSet

  /// What is done to values of a class that belong to the case as a whole.
  package func disposition(_ dataClass: DataClass) -> Disposition {
    disposition(dataClass, .others, isEmbargoed: false)
  }

  /// What is done to values of a class in a record.
  package func disposition(_ dataClass: DataClass, in record: RecordFacts) -> Disposition {
    let found = disposition(dataClass, record.standing(to: party), isEmbargoed: record.isEmbargoed)
    guard record.classification > clearance else { return found }
    let most: Transform = redactable.contains(dataClass) ? .drop : .absent
    return found.transform > most ? Disposition(most, .clearance) : found
  }

  /// Whether a record counts in figures for the subject: no if it is embargoed for it or shows nothing countable of the
  /// class (5h, invariant 4).
  package func counts(_ record: RecordFacts, as dataClass: DataClass = .victimAttributes) -> Bool {
    guard isCounted, countsEmbargoed || !record.isEmbargoed else { return false }
    return disposition(dataClass, in: record).transform >= .countOnly
  }

  /// The classes of which the subject sees at least so much in records of its own, and so in any.
  package func classes(atLeast transform: Transform) -> DataClassSet {
    isVisible ? shown.own.classes(atLeast: transform) : []
  }

  /// The classes whose content is needed to answer: a service unwraps the keys of no others (5h, invariant 17).
  package var decryptable: DataClassSet { classes(atLeast: .pseudonym) }

  @inline(__always)
  func disposition(_ dataClass: DataClass, _ standing: Standing, isEmbargoed: Bool) -> Disposition {
    let transform = (isEmbargoed ? shownEmbargoed : shown)[standing].transform(dataClass)
    guard let next = Transform(rawValue: transform.rawValue + 1) else { return Disposition(transform, .none) }
    return Disposition(transform, reason(dataClass, standing, isEmbargoed, next))
  }

  /// Why a class is not shown at `next`, the first transform that is withheld.
  @inline(__always)
  private func reason(_ dataClass: DataClass, _ standing: Standing, _ isEmbargoed: Bool, _ next: Transform) -> Reason {
    guard isVisible else { return .noRelation }
    let bit = Exposure.bit(dataClass, next)
    if causes.conflict[standing].meets(bit) { return .conflictOfInterest }
    if causes.clearance[standing].meets(bit) { return .clearance }
    if causes.embargo[standing].meets(bit) || isEmbargoed && shown[standing].meets(bit) { return .embargo }
    if causes.caveat[standing].meets(bit) { return .caveat }
    if causes.grantable[standing].meets(bit) { return .grantRequired }
    if shown.released.meets(bit) { return .originatorControl }
    if shown.own.meets(bit) { return .ownRecordsOnly }
    return (isEmbargoed ? shownEmbargoed : shown)[standing].shows(dataClass, atLeast: .countOnly)
      ? .summaryOnly : .notEntitled
  }
}
