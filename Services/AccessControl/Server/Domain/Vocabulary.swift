import Policy

extension PolicyCode {
  /// The number in the contract and in the database, where 0 stands for nothing.
  var number: Int16 { Int16(rawValue) + 1 }

  /// Nil for a number that stands for nothing.
  init?(number: some BinaryInteger) {
    guard let value = UInt8(exactly: number), value > 0 else { return nil }
    self.init(rawValue: value - 1)
  }

  /// The word that a filter names, with or without the prefix of the contract's names.
  init?(named text: String, prefix: String) {
    self.init(code: text.hasPrefix(prefix) ? text.dropFirst(prefix.count) : text[...])
  }
}
