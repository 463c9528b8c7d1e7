/// That the records of a mission are locked, because a breach is suspected (5, feature 22).
package struct Lockdown: Hashable, Sendable {
  package enum Mode: UInt8, Hashable, Sendable {
    /// Nothing can be changed or passed on.
    case readOnly
    /// Nobody sees anything but the readers that the policy exempts, who may not change it.
    case sealed
  }

  /// Nil for every mission.
  package var mission: PartyID?
  package var mode: Mode
  package var period: Period<PolicyTime>

  package init(mission: PartyID?, mode: Mode, period: Period<PolicyTime> = .always) {
    self.mission = mission
    self.mode = mode
    self.period = period
  }
}
