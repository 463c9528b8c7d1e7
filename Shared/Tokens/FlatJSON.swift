/// A JSON object (RFC 8259) as access control writes headers and claims: of texts, whole numbers and lists of texts, all in
/// ASCII. Read in one pass, as each token that is not known yet has two of them.
struct FlatJSON {
  enum Value: Hashable {
    case text(String)
    case number(Int64)
    case texts([String])

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int64? { if case .number(let number) = self { number } else { nil } }
    var texts: [String]? { if case .texts(let texts) = self { texts } else { nil } }
  }

  private let bytes: [UInt8]
  private var place = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Nil for anything else: other values, a name that comes twice, and escapes of other characters than JSON itself has a
  /// use for.
  static func members(_ bytes: [UInt8]) -> [String: Value]? {
    var reader = FlatJSON(bytes)
    guard let members = reader.object() else { return nil }
    reader.skipSpace()
    return reader.place == bytes.count ? members : nil
  }

  private mutating func object() -> [String: Value]? {
    var members: [String: Value] = [:]
    guard take("{") else { return nil }
    if take("}") { return members }
    repeat {
      guard let name = text(), take(":"), let value = value(), members.updateValue(value, forKey: name) == nil
      else { return nil }
    } while take(",")
    return take("}") ? members : nil
  }

  private mutating func value() -> Value? {
    skipSpace()
    guard place < bytes.count else { return nil }
    return switch bytes[place] {
    case UInt8(ascii: "\""): text().map { .text($0) }
    case UInt8(ascii: "["): texts().map { .texts($0) }
    default: number().map { .number($0) }
    }
  }

  private mutating func texts() -> [String]? {
    var texts: [String] = []
    guard take("[") else { return nil }
    if take("]") { return texts }
    repeat {
      guard let text = text() else { return nil }
      texts.append(text)
    } while take(",")
    return take("]") ? texts : nil
  }

  private mutating func text() -> String? {
    guard take("\"") else { return nil }
    var plain: [UInt8] = []
    while place < bytes.count {
      var byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: plain, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard place < bytes.count, Self.isEscaped(bytes[place]) else { return nil }
        byte = bytes[place]
        place += 1
      case 0x20...0x7E: break
      default: return nil
      }
      plain.append(byte)
    }
    return nil
  }

  private static func isEscaped(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "/")
  }

  /// Not below zero, and without a fraction.
  private mutating func number() -> Int64? {
    let digits = bytes[place...].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard let first = digits.first, digits.count == 1 || first != UInt8(ascii: "0"), digits.count <= 18 else {
      return nil
    }
    place = digits.endIndex
    return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard place < bytes.count, bytes[place] == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while place < bytes.count {
      switch bytes[place] {
      case 0x20, 0x09, 0x0A, 0x0D: place += 1
      default: return
      }
    }
  }
}

extension AccessClaims {
  /// Nil when it does not say all that an access token says.
  init?(_ members: [String: FlatJSON.Value]) {
    guard let iss = members["iss"]?.text, let aud = members["aud"]?.text, let sub = members["sub"]?.text,
      let sid = members["sid"]?.text, let iat = members["iat"]?.number, let nbf = members["nbf"]?.number,
      let exp = members["exp"]?.number
    else { return nil }
    self.init(iss: iss, aud: aud, sub: sub, sid: sid, iat: iat, nbf: nbf, exp: exp)
    guard let roles = members["roles"] else { return }
    // A token that says anything else of roles is none that names all of them.
    guard let names = roles.texts else { return nil }
    self.roles = names
  }
}
