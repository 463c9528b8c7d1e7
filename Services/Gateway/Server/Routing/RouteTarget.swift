/// Where instances of a service are found.
enum RouteTarget: Sendable, Hashable {
  /// One instance at a fixed address; a host name is resolved once more at every reconnection.
  case fixed(host: String, port: Int)
  /// Every address that the name resolves to is an instance; the name is resolved again and again.
  case dns(name: String, port: Int)

  init(parsing text: String) throws(RouteError) {
    let isDNS = text.hasPrefix("dns:")
    let address = isDNS ? text.dropFirst(4) : text[...]
    guard
      let colon = address.lastIndex(of: ":"),
      let port = Int(address[address.index(after: colon)...]), (1...65535).contains(port)
    else { throw .badTarget(text) }
    let host = try Self.host(address[..<colon], in: text)
    self = isDNS ? .dns(name: host, port: port) : .fixed(host: host, port: port)
  }

  private static func host(_ host: Substring, in text: String) throws(RouteError) -> String {
    if host.hasPrefix("["), host.hasSuffix("]"), host.count > 2 { return String(host.dropFirst().dropLast()) }
    guard !host.isEmpty, !host.contains(where: { ":[]/ ".contains($0) }) else { throw .badTarget(text) }
    return String(host)
  }
}
