internal import FoundationEssentials

extension Sequence<UInt8> {
  /// Two lower-case hexadecimal digits a byte.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    let text = flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0x0F)]] }
    return String(decoding: text, as: UTF8.self)
  }
}

extension Date {
  /// ISO 8601, to the second, in UTC.
  var utc: String { formatted(.iso8601) }
}
