import AIP

/// The name of a case, or of something that belongs to one.
protocol CaseResourceName: ResourceName {
  /// The contract's name of the type of resource.
  static var type: String { get }
  var caseID: RecordID { get }
}

extension CaseName: CaseResourceName {
  static let type = "Case"
  var caseID: RecordID { id }
}

extension VictimName: CaseResourceName {
  static let type = "Victim"
}

/// What there is one of in every case, and one of its kind.
protocol CasePart {
  static var pattern: ResourceNamePattern { get }
  static var type: String { get }
}

/// What a case has any number of.
protocol CaseMember {
  static var pattern: ResourceNamePattern { get }
  static var type: String { get }
}

/// `cases/{case}/lifecycle` and the like.
struct PartName<Part: CasePart>: CaseResourceName {
  static var pattern: ResourceNamePattern { Part.pattern }
  static var type: String { Part.type }
  let caseID: RecordID

  init(_ caseID: RecordID) { self.caseID = caseID }

  init?(ids: [Substring]) {
    guard let caseID = RecordID(ids[0]) else { return nil }
    self.init(caseID)
  }

  var description: String { Self.pattern.name(caseID.description) }
}

/// `cases/{case}/tracks/{track}` and the like.
struct MemberName<Member: CaseMember>: CaseResourceName {
  static var pattern: ResourceNamePattern { Member.pattern }
  static var type: String { Member.type }
  let caseID: RecordID
  let id: RecordID

  init(_ caseID: RecordID, _ id: RecordID) {
    self.caseID = caseID
    self.id = id
  }

  init?(ids: [Substring]) {
    guard let caseID = RecordID(ids[0]), let id = RecordID(ids[1]) else { return nil }
    self.init(caseID, id)
  }

  var description: String { Self.pattern.name(caseID.description, id.description) }
}

/// `cases/{case}/tracks/{track}/assertions/{assertion}`.
struct AssertionName: CaseResourceName {
  static let pattern = ResourceNamePattern("cases/{case}/tracks/{track}/assertions/{assertion}")
  static let type = "StageAssertion"
  let caseID: RecordID
  let track: RecordID
  let id: RecordID

  init(_ testimony: Testimony, id: RecordID? = nil) {
    caseID = testimony.caseID
    track = testimony.track
    self.id = id ?? testimony.id
  }

  init?(ids: [Substring]) {
    guard let caseID = RecordID(ids[0]), let track = RecordID(ids[1]), let id = RecordID(ids[2]) else { return nil }
    (self.caseID, self.track, self.id) = (caseID, track, id)
  }

  var description: String { Self.pattern.name(caseID.description, track.description, id.description) }
}

extension ProceedingFact {
  private static let pattern = ResourceNamePattern("cases/{case}/proceedings/{proceeding}/facts/{fact}")

  /// `cases/{case}/proceedings/{proceeding}/facts/{fact}`.
  var name: String { Self.pattern.name(caseID.description, proceeding.description, id.description) }
}

/// The handling of a case as a resource.
enum LifecyclePart: CasePart {
  static let pattern = ResourceNamePattern("cases/{case}/lifecycle")
  static let type = "CaseLifecycle"
}

/// The progress of a case as a resource.
enum ProgressPart: CasePart {
  static let pattern = ResourceNamePattern("cases/{case}/progress")
  static let type = "CaseProgress"
}

extension Closure: CaseMember {
  static let pattern = ResourceNamePattern("cases/{case}/closures/{closure}")
  static let type = "Closure"
}

extension Regrading: CaseMember {
  static let pattern = ResourceNamePattern("cases/{case}/regradings/{regrading}")
  static let type = "Regrading"
}

extension Proceeding: CaseMember {
  static let pattern = ResourceNamePattern("cases/{case}/proceedings/{proceeding}")
  static let type = "Proceeding"
}

extension Suspect: CaseMember {
  static let pattern = ResourceNamePattern("cases/{case}/suspects/{suspect}")
  static let type = "Suspect"
}

extension Track: CaseMember {
  static let pattern = ResourceNamePattern("cases/{case}/tracks/{track}")
  static let type = "Track"
}

extension Communication: CaseMember {
  static let pattern = ResourceNamePattern("cases/{case}/communications/{communication}")
  static let type = "Communication"
}

extension IncidentAccount: CaseMember {
  static let pattern = ResourceNamePattern("cases/{case}/incidents/{incident}")
  static let type = "Incident"
}

extension EvidenceAccount: CaseMember {
  static let pattern = ResourceNamePattern("cases/{case}/evidenceItems/{evidence_item}")
  static let type = "EvidenceItem"
}

extension Proposal: CaseMember {
  static let pattern = ResourceNamePattern("cases/{case}/proposals/{proposal}")
  static let type = "Proposal"
}

extension ServiceError {
  /// NOT_FOUND for something of a case, whether it is not there or the caller may not know of it.
  static func notFound<Name: CaseResourceName>(_ name: Name) -> ServiceError {
    .notFound(type: "vigil.un.org/" + Name.type, name: name.description)
  }
}
