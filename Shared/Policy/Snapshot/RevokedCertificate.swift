/// A certificate that no longer proves who its holder is.
package struct RevokedCertificate: Hashable, Sendable {
  /// Its serial number: 1 to 40 hexadecimal digits in lower case, without leading zeros.
  package let serial: String

  /// Nil for a text that is not of the form.
  package init?(_ serial: some StringProtocol) {
    guard (1...40).contains(serial.utf8.count), serial.utf8.first != UInt8(ascii: "0") else { return nil }
    guard serial.utf8.allSatisfy(Self.isDigit) else { return nil }
    self.serial = String(serial)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
    default: false
    }
  }

  var line: String { "revoked-certificate \(serial)" }
}

extension PolicyWords {
  /// The rest of a line after `revoked-certificate`.
  mutating func revokedCertificate() throws(PolicyTextError) -> RevokedCertificate {
    try value("serial number") { RevokedCertificate($0) }
  }
}

extension PolicySnapshot {
  /// Whether a certificate, by its serial number, was revoked. Of none nobody has said so.
  package func isRevoked(certificate serial: String?) -> Bool {
    guard let revoked = serial.flatMap({ RevokedCertificate($0) }) else { return false }
    return revokedCertificates.contains(revoked)
  }
}
