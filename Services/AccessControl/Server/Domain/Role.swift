import AIP
import Policy

/// That a principal may act as a reader of a class for a period, as it is on record.
struct Role: Hashable, Sendable {
  var id: RecordID
  var principal: RecordID
  var reader: ReaderClass
  /// The mission of a focal point who is not a member of it.
  var scope: PartyID?
  var period: Period<PolicyTime>
  /// Nil for a role that the bootstrap gave.
  var assigner: RecordID?
  var revision: Int64 = 1
  var createTime: PolicyTime

  /// As the policy sees it.
  var assignment: RoleAssignment { RoleAssignment(reader, scope: scope, period: period) }
}

/// Why a role may not be given.
enum RoleRefusal: Error, Hashable, Sendable {
  /// The members of such an organisation do not hold it, or its scope is missing or out of place.
  case misplaced
  /// It, or one that the principal holds at some time of its period, bars its holder from every other.
  case exclusive(ReaderClass)
  /// The principal holds it already at some time of its period.
  case held
}

extension Role {
  /// Why this role may not be given to a member of an organisation of the kind beside the others; nil if it may.
  ///
  /// - Parameter exclusive: the policy's roles that bar their holder from every other.
  func refusal(in kind: Organisation.Kind, beside others: [Role], exclusive: ReaderSet) -> RoleRefusal? {
    guard kind.roles.contains(reader), (scope == nil) != needsScope(in: kind) else { return .misplaced }
    for other in others where other.period.overlaps(period) {
      if other.reader == reader {
        if other.scope == scope { return .held }
      } else if let alone = [reader, other.reader].first(where: exclusive.contains) {
        return .exclusive(alone)
      }
    }
    return nil
  }

  /// A focal point is one of a mission: its own, or the one that is named.
  private func needsScope(in kind: Organisation.Kind) -> Bool {
    reader == .missionFocalPoint && kind != .mission
  }
}
