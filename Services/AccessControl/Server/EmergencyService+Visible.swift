import AIP
import Policy
import Postgres

// Which emergency accesses, lockdowns and notices a caller may know of.
extension Visitor {
  var emergencies: FilterTree<EmergencyTest> {
    administration.seesEmergencies ? .all([]) : .condition(.principal(principal))
  }

  var locks: FilterTree<LockTest> {
    if administration.seesLocks { return .all([]) }
    return missions.isEmpty ? .any([]) : .condition(.touches(Array(missions)))
  }

  /// Its own only, whoever it is.
  var notices: FilterTree<NoticeTest> { .condition(.recipient(principal)) }

  /// The missions that it is a focal point of.
  var missions: Set<PartyID> {
    guard administration.holds([.missionFocalPoint]) else { return [] }
    let roles = actor.roles.filter { $0.reader == .missionFocalPoint && $0.period.contains(now) }
    return Set(roles.map { $0.scope ?? actor.organisation.party })
  }
}

extension Change {
  /// Whoever holds one of the roles at this moment, but the caller; none of them is stopped until the change is made.
  func others(holding readers: ReaderSet) async throws(PostgresError) -> [RecordID] {
    try await transaction.execute(SelectHolders(readers: readers, but: visitor.principal, time: now))
  }

  /// Tells them in the same transaction, so that nothing happens of which they are not told.
  func tell(_ recipients: [RecordID], _ kind: Notice.Kind, about subject: String) async throws(PostgresError) {
    let ids = recipients.map { _ in newID() }
    try await transaction.execute(
      InsertNotices(ids: ids, recipients: recipients, kind: kind, subject: subject, time: now))
  }
}
