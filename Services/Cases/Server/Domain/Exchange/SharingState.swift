import Postgres

/// Where a State's request for data of a case stands.
enum SharingState: Int16, StepState {
  case received = 1
  case legalReview, waiverPending, safeguards, approved, refused, packaged, delivered, receiptConfirmed, withdrawn
  case expired

  static let prefix = "STATE_"

  var name: String {
    switch self {
    case .received: "RECEIVED"
    case .legalReview: "LEGAL_REVIEW"
    case .waiverPending: "WAIVER_PENDING"
    case .safeguards: "SAFEGUARDS"
    case .approved: "APPROVED"
    case .refused: "REFUSED"
    case .packaged: "PACKAGED"
    case .delivered: "DELIVERED"
    case .receiptConfirmed: "RECEIPT_CONFIRMED"
    case .withdrawn: "WITHDRAWN"
    case .expired: "EXPIRED"
    }
  }

  var next: Set<SharingState> {
    switch self {
    case .received: [.legalReview, .refused, .withdrawn]
    case .legalReview: [.waiverPending, .safeguards, .refused, .withdrawn]
    case .waiverPending: [.safeguards, .refused, .withdrawn]
    case .safeguards: [.approved, .refused, .withdrawn]
    case .approved: [.packaged, .withdrawn, .expired]
    case .packaged: [.delivered, .withdrawn, .expired]
    case .delivered: [.receiptConfirmed]
    case .refused, .receiptConfirmed, .withdrawn, .expired: []
    }
  }

  /// Whether it is still being decided about, or what was approved is not yet made.
  var isOpen: Bool { rawValue <= SharingState.approved.rawValue }

  /// Whether the document may be fetched.
  var isDelivery: Bool { self == .packaged || self == .delivered || self == .receiptConfirmed }

  func conditions(for state: SharingState) -> Set<ExchangeCondition> {
    switch state {
    case .received, .legalReview: []
    case .waiverPending: [.legalOfficer, .waiverNeeded]
    case .safeguards: [.legalOfficer, .immunitySettled]
    case .approved: Self.safeguarded.union([.secondPerson, .expiry])
    case .refused: [.answer]
    // What was recorded since the approval counts.
    case .packaged: Self.safeguarded.union([.packageMade])
    case .delivered: [.documentFetched]
    case .receiptConfirmed, .withdrawn: [.originator]
    case .expired: [.timeRunOut]
    }
  }

  private static let safeguarded: Set<ExchangeCondition> = [.immunitySettled, .riskAssessed, .deathPenaltyExcluded]

  /// Where it stands at a time, without anybody's having done anything.
  func known(at now: PostgresTimestamp, until expiry: PostgresTimestamp?) -> SharingState {
    guard let expiry, expiry <= now, next.contains(.expired) else { return self }
    return .expired
  }
}

/// Whether a package can be fetched.
enum PackageState: Int16, StepState {
  case ready = 1
  case revoked

  static let prefix = "STATE_"

  var name: String { self == .ready ? "READY" : "REVOKED" }

  var next: Set<PackageState> { self == .ready ? [.revoked] : [] }

  func conditions(for state: PackageState) -> Set<ExchangeCondition> { [] }
}
