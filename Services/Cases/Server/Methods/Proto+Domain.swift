import Policy
import Postgres
import SwiftProtobuf
import VigilTypeAPI

// What several mappings share. The numbers of vocabularies are those of the contract, which a test holds.

extension PBPartialDate {
  init(_ date: PartialDate) {
    self.init()
    year = Int32(date.year)
    month = Int32(date.month)
    day = Int32(date.day)
  }
}

extension PartialDate {
  /// Nil unless the message is a date.
  init?(_ message: PBPartialDate) {
    self.init(year: Int(message.year), month: Int(message.month), day: Int(message.day))
  }
}

extension Google_Protobuf_Timestamp {
  init(_ time: PostgresTimestamp) {
    self.init()
    seconds = time.secondsSince1970 ?? 0
    nanos = time.nanoseconds
  }
}

extension PBRedaction {
  init(_ redacted: Redacted) {
    self.init()
    field = redacted.field
    dataClass = PBDataClass(redacted.dataClass)
    transform = PBTransform(redacted.transform)
    reason = PBRedactionReason(redacted.reason)
  }
}

extension SwiftProtobuf.Enum where RawValue == Int {
  /// The contract's value of a word of the policy's, whose numbers begin with 0.
  init(_ code: some PolicyCode) {
    self = Self(rawValue: Int(code.rawValue) + 1) ?? Self()
  }

  /// The contract's value of that number.
  init(number: some RawRepresentable<Int16>) {
    self = Self(rawValue: Int(number.rawValue)) ?? Self()
  }
}

extension PartialDate {
  /// The day in UTC.
  init(dayOf time: PostgresTimestamp) {
    let seconds = time.secondsSince1970 ?? 0
    self.init(daysSince1970: (seconds - (seconds < 0 ? 86_399 : 0)) / 86_400)
  }
}

extension PostgresTimestamp {
  /// Nil unless the message is a time of the years 1 to 9999.
  init?(_ message: Google_Protobuf_Timestamp) {
    guard (-62_135_596_800...253_402_300_799).contains(message.seconds), (0..<1_000_000_000).contains(message.nanos)
    else { return nil }
    self.init(secondsSince1970: message.seconds, nanoseconds: message.nanos)
  }
}
