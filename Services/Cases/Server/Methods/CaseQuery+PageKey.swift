import AIP

extension CaseQuery.Position {
  /// The position as the key of a page token: the date's number, then the id, both big-endian.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    func append(_ number: some FixedWidthInteger) {
      for shift in stride(from: number.bitWidth - 8, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: number >> shift))
      }
    }
    append(date.rawValue)
    append(id.high)
    append(id.low)
    return bytes
  }

  /// Nil when the bytes are not a position.
  init?(bytes: [UInt8]) {
    guard bytes.count == 20 else { return nil }
    func number(_ range: Range<Int>) -> UInt64 { bytes[range].reduce(0) { $0 << 8 | UInt64($1) } }
    guard let date = PartialDate(rawValue: Int32(truncatingIfNeeded: number(0..<4))) else { return nil }
    self.init(date: date, id: RecordID(high: number(4..<12), low: number(12..<20)))
  }
}
