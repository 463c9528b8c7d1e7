import AIP
import Policy

/// What a reader sees of a case.
struct ShownCase: Sendable {
  /// The case with values as they are shown; of its core nothing but the name where ``showsCore`` is false.
  var record: Case
  var showsCore: Bool
  /// Whether the reader sees that, and when, the case was changed: only one from whom nothing of a case is held back.
  var showsChanges: Bool
  var showsCreation: Bool
  var classification: Classification
  var caveats: CaveatSet
  var victims: [ShownVictim]
  var redactions: [Redacted]
  /// What it comes from: for the log of reads.
  var decision: Decision
  /// The grants without which it would show less.
  var grants: [RecordID] = []
}

extension ShownCase {
  /// The data classes of which it shows something.
  var classes: DataClassSet {
    var classes: DataClassSet = showsCore ? [.core] : []
    if !victims.isEmpty { classes.insert(.victimAttributes) }
    if victims.contains(where: \.showsIdentity) { classes.insert(.victimIdentity) }
    if victims.contains(where: \.showsKin) { classes.insert(.kinMedical) }
    if !caveats.isEmpty { classes.insert(.privileged) }
    return classes
  }

  /// Whether showing it is recorded: it rests on a grant, or shows more than everybody sees who sees the case at all.
  var isRecorded: Bool {
    !grants.isEmpty
      || decision.obligations.contains(.recordRead) && !classes.subtracting([.core, .victimAttributes]).isEmpty
  }
}

/// What a reader sees of a victim.
struct ShownVictim: Sendable {
  var record: Victim
  var showsChanges: Bool
  var redactions: [Redacted]

  /// Whether it shows who the victim is, or what stands for it.
  var showsIdentity: Bool {
    [record.casualtyID, record.person, record.rank, record.unit].contains { !$0.isEmpty }
  }

  /// Whether it shows anything of the next of kin or the body.
  var showsKin: Bool { record.kinNotifiedDate != nil || !record.medicalNote.isEmpty }
}

/// A field that a reader does not see as it is.
struct Redacted: Hashable, Sendable {
  /// In the message that carries this.
  var field: String
  var dataClass: DataClass
  /// What was done to it, which can be more than the policy asks.
  var transform: Transform
  var reason: Reason

  /// With the reason that a reader may be told.
  init(_ field: String, _ dataClass: DataClass, _ transform: Transform, _ disposition: Disposition) {
    self.init(field, dataClass, transform, disposition.reason)
  }

  init(_ field: String, _ dataClass: DataClass, _ transform: Transform, _ reason: Reason) {
    self.field = field
    self.dataClass = dataClass
    self.transform = transform
    self.reason = reason.disclosed
  }
}
