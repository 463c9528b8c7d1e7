/// Where to connect: `host:port`, or `[address]:port` for IPv6.
struct Address: Hashable, Sendable, CustomStringConvertible {
  var host: String
  var port: Int

  /// Where deploy/up puts the gateway unless told otherwise.
  static let local = Address(host: "127.0.0.1", port: 8443)
}

extension Address: LosslessStringConvertible {
  init?(_ text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0
    else { return nil }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
    self.init(host: String(host), port: Int(port))
  }

  var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
