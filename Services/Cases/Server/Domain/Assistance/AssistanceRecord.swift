import AIP
import Policy
import Postgres

/// One version of something in the register of assistance.
struct AssistanceRecord: Hashable, Sendable, Identifiable {
  enum Kind: Int16, CaseIterable, Sendable {
    case request = 1
    case delivery, contribution, hostMeasure, preventionMeasure, deployment
  }

  var id: RecordID
  /// From 1.
  var revision: Int64 = 1
  var kind: Kind
  /// Nil of a contribution that is not for one mission.
  var mission: MissionID?
  var hostState: PartyID?
  /// Who gives, sends or does it.
  var parties: [PartyID]
  var cases: [RecordID]
  /// The request that a delivery answers.
  var request: RecordID?
  /// Of a request.
  var state: AssistanceState?
  /// Whether it is part of the register: what a State proposed is not until it is accepted.
  var isInEffect: Bool
  /// What it says, as the contract's message.
  var content: [UInt8]
  /// Who recorded it first, and who this version.
  var creator: RecordID
  var author: RecordID
  var createTime: PostgresTimestamp
  /// Of this version.
  var recordTime: PostgresTimestamp

  /// Whose it is.
  var owners: [PartyID] { (hostState.map { [$0] } ?? []) + parties }

  /// The version after this one.
  func next(by author: RecordID, at time: PostgresTimestamp) -> AssistanceRecord {
    var next = self
    next.revision += 1
    next.author = author
    next.recordTime = time
    return next
  }
}

/// One with what else its reader's rights depend on.
struct AssistanceFile: Hashable, Sendable {
  var record: AssistanceRecord
  /// Whether the register of missions has the State as a host of the mission, now or before.
  var isHostOnRecord: Bool

  /// What the policy decides by: the mission, the host State if it is one, and those who stand in a relation to a case
  /// that it is about.
  ///
  /// - Parameter linked: the cases that it is about, with the relations that bear on whoever reads.
  func facts(linked: [CaseFacts]) -> CaseFacts {
    var hats: [Hat] = []
    if let mission = record.mission.flatMap({ PartyID($0.rawValue) }) { hats.append(Hat(.mission, mission)) }
    if isHostOnRecord, let host = record.hostState { hats.append(Hat(.host, host)) }
    let inherited: HatSet = [.contributor, .nationality, .briefing, .implicated]
    for facts in linked where record.cases.contains(facts.id) {
      hats += facts.hats.filter { inherited.contains($0.kind) }
    }
    return CaseFacts(id: record.id, hats: hats, incident: .always)
  }
}
