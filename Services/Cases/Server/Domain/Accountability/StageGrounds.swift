import Policy
import Postgres

/// What the record of a case shows for the next step of a track: always what is on record, never what a caller says is.
struct StageGrounds: Sendable {
  /// The host States on the day of the incident.
  var hostStates: [PartyID]
  var hasConflictHold = false
  var communications: [Communication] = []
  var suspects = 0
  /// Of the track; nil of a diplomatic one.
  var proceeding: Proceeding?
  /// Of the proceeding, those that concern the track.
  var facts: [ProceedingFact] = []
  /// Whether the assertion names a document.
  var hasDocument = false
  /// Whether it is confirmed on which day the person was arrested.
  var isArrestDated = false
  /// When the last confirmed stage was recorded.
  var lastStep: PostgresTimestamp?

  var shown: Set<StageCondition> { Set(StageCondition.allCases.filter(isShown)) }

  private func isShown(_ condition: StageCondition) -> Bool {
    switch condition {
    case .sentNotification: hasCommunication(.outgoing) { $0.act == .notification }
    case .noConflictOfInterestHold: !hasConflictHold
    case .communicationFromHost: hasCommunication(.incoming) { _ in true }
    case .sourceDocument: hasDocument
    case .suspect: suspects > 0
    case .custodyDate: isArrestDated || has { $0.kind == .custody }
    case .forum: proceeding.map { $0.forum != .undetermined } ?? false
    case .charge: has { $0.kind == .charge }
    case .hearing: has { $0.kind == .hearing }
    case .appealWindow: has { $0.kind == .appealDeadline || $0.kind == .appealWaived }
    case .newFact: has { $0.kind == .newFact && isLater($0.createTime) }
    }
  }

  private func isLater(_ time: PostgresTimestamp) -> Bool {
    lastStep.map { $0 < time } ?? true
  }

  private func has(_ test: (ProceedingFact) -> Bool) -> Bool { facts.contains(where: test) }

  private func hasCommunication(_ direction: Communication.Direction, _ test: (Communication) -> Bool) -> Bool {
    communications.contains { $0.direction == direction && hostStates.contains($0.party) && test($0) }
  }
}

extension StageHistory<AccountabilityStage> {
  var isArrestDated: Bool { confirmed.contains { $0.stage == .arrested && $0.effective != nil } }
}
