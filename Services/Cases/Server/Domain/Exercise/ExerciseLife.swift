import AIP
import Policy
import Postgres

/// A case of an exercise with all that became of it.
struct ExerciseLife: Sendable {
  var record: Case
  /// Its number in the mission and year.
  var number: Int32
  var classification = Classification.confidential
  var caveats: CaveatSet = []
  var victims: [ExerciseVictim] = []
  var dossier: Dossier

  /// Parties whose courts the case has come before.
  var forums: [(party: PartyID, time: PostgresTimestamp)] {
    var forums: [(party: PartyID, time: PostgresTimestamp)] = []
    for proceeding in dossier.proceedings where !forums.contains(where: { $0.party == proceeding.party }) {
      forums.append((proceeding.party, proceeding.createTime))
    }
    return forums
  }

  /// Records of the case, apart from itself and its victims.
  var recordCount: Int {
    let own = dossier.communications.count + dossier.proceedings.count + dossier.facts.count + dossier.suspects.count
    let told = dossier.tracks.count + dossier.testimonies.count + dossier.closures.count
    return own + told + dossier.transitions.count
  }
}

extension Dossier {
  /// Of a case of which nothing else is on record.
  init(head: CaseHead) { self.head = head }
}

/// A victim of a case of an exercise.
struct ExerciseVictim: Hashable, Sendable {
  var record: Victim
  /// The next of kin are not yet confirmed to have been told.
  var isEmbargoed: Bool
}
