import AIP
import Policy

/// A case as the register holds it, with what the policy asks of it.
struct CaseFile: Sendable {
  var record: Case
  /// Of relations at least those that bear on whoever reads.
  var facts: CaseFacts
  /// In the order of casualty_id; none where only the case was read.
  var victims: [FiledVictim] = []
  /// How many victims the reader may count, where they were counted and not read.
  var countedVictims: Int32?
}

/// A victim as the register holds it, with what the policy asks of it.
struct FiledVictim: Sendable {
  var record: Victim
  var facts: RecordFacts
}
