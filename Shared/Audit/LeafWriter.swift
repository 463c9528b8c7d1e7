import AIP

/// Writes canonical bytes.
struct LeafWriter {
  var bytes: [UInt8] = []

  mutating func put(_ value: some FixedWidthInteger) {
    for shift in stride(from: value.bitWidth - 8, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  /// With the length, at most 255, in one byte.
  mutating func put(short value: some Collection<UInt8>) {
    put(UInt8(value.count))
    bytes.append(contentsOf: value)
  }

  /// With the length, at most 65,535, in two bytes.
  mutating func put(long value: some Collection<UInt8>) {
    put(UInt16(value.count))
    bytes.append(contentsOf: value)
  }

  /// With their number, at most 255, in one byte.
  mutating func put(_ ids: [RecordID]) {
    put(UInt8(ids.count))
    for id in ids {
      put(id.high)
      put(id.low)
    }
  }

  /// Text with its length in one byte; what goes beyond the limit, at most 255, is cut off.
  mutating func put(short text: String, most limit: Int) { put(short: text.cut(at: limit)) }

  /// The same with the length in two bytes.
  mutating func put(long text: String, most limit: Int) { put(long: text.cut(at: limit)) }
}

extension String {
  /// As many whole characters (Unicode scalars) as so many bytes hold.
  fileprivate func cut(at limit: Int) -> Substring.UTF8View {
    guard var end = utf8.index(startIndex, offsetBy: limit, limitedBy: endIndex) else { return self[...].utf8 }
    while end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
    return self[..<end].utf8
  }
}
