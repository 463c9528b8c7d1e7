/// One word of a closed vocabulary of at most 16: numbered from 0 for tables and bit sets, with a code for texts.
///
/// Numbers and codes are stored and sent: neither is ever changed or used again.
package protocol PolicyCode: RawRepresentable, CaseIterable, Hashable, Sendable, CustomStringConvertible
where RawValue == UInt8 {
  /// Upper-case ASCII, unique in the vocabulary.
  var code: String { get }
}

extension PolicyCode {
  package init?(code: some StringProtocol) {
    guard let found = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = found
  }

  package var description: String { code }
}
