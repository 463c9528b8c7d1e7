import AIP
import Policy

/// A lockdown as it is on record.
struct Lock: Hashable, Sendable {
  var id: RecordID
  /// Nil for every mission.
  var mission: PartyID?
  var mode: Lockdown.Mode
  var period: Period<PolicyTime>
  var initiator: RecordID
  /// Another, who ended it; nil while it stands or when it ended by itself.
  var ender: RecordID?
  var revision: Int64 = 1
  var createTime: PolicyTime

  /// As the policy sees it.
  var lockdown: Lockdown { Lockdown(mission: mission, mode: mode, period: period) }

  mutating func end(by ender: RecordID, at now: PolicyTime) {
    self.ender = ender
    period.end(at: now)
    revision += 1
  }
}

extension Lockdown.Mode {
  /// The number in the contract and in the database, where 0 stands for nothing.
  var number: Int16 { Int16(rawValue) + 1 }

  /// Nil for a number that stands for nothing.
  init?(number: some BinaryInteger) {
    guard let value = UInt8(exactly: number), value > 0 else { return nil }
    self.init(rawValue: value - 1)
  }
}
