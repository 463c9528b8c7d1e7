import AIP
import Policy

/// An embargo as it is on record: that what the policy names for its kind is held back in a case for a time.
struct Hold: Hashable, Sendable {
  var id: RecordID
  var caseID: RecordID
  var kind: EmbargoKind
  var period: Period<PolicyTime>
  /// Who lifted it; nil while it stands.
  var lifter: RecordID?
  var revision: Int64 = 1
  var createTime: PolicyTime

  /// As the policy sees it.
  var embargo: Embargo { Embargo(kind, period: period) }
}

extension EmbargoKind {
  /// What one must be able to change in a case to hold it back, or no longer: who tells next of kin writes of them.
  var responsibility: DataClass {
    switch self {
    case .nextOfKin: .kinMedical
    case .release: .core
    }
  }
}
