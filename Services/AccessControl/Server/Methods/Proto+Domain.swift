import Policy
import SwiftProtobuf

// What several mappings share. The numbers of vocabularies are those of the contract, which a test holds.

extension Google_Protobuf_Timestamp {
  init(_ time: PolicyTime) {
    self.init()
    let (quotient, remainder) = time.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    seconds = remainder < 0 ? quotient - 1 : quotient
    nanos = Int32(remainder < 0 ? remainder + 1_000_000 : remainder) * 1000
  }
}

extension SwiftProtobuf.Enum where RawValue == Int {
  /// The contract's value of the word.
  init(_ code: some PolicyCode) {
    self = Self(rawValue: Int(code.number)) ?? Self()
  }
}
