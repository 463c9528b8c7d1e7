/// Base32 (RFC 4648) without padding.
enum Base32 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

  static func encode(_ bytes: [UInt8]) -> String {
    var text = ""
    var (bits, width): (UInt32, UInt32) = (0, 0)
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      width += 8
      while width >= 5 {
        width -= 5
        text.append(alphabet[Int(bits >> width) & 0x1F])
      }
    }
    if width > 0 { text.append(alphabet[Int(bits << (5 - width)) & 0x1F]) }
    return text
  }
}
