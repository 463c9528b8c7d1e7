/// Where to listen or connect: `host:port`, or `[address]:port` for an IPv6 address. Port 0 asks the
/// system for a free one.
package struct HostPort: ScalarSettingValue, Hashable, CustomStringConvertible {
  package var host: String
  package var port: Int

  package static var form: String { "host:port" }

  package init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  package init?(settingText text: String) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
      return nil
    }
    var host = text[..<colon]
    if host.hasPrefix("[") && host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil  // an IPv6 address without brackets: which colon begins the port is a guess
    }
    guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
    self.init(host: String(host), port: Int(port))
  }

  package var settingText: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  package var description: String { settingText }
}
