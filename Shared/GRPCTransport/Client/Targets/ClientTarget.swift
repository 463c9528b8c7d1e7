/// Everything that a client may connect to for one service: one or several endpoints.
///
/// The text form is a comma-separated list of `host:port`, `[ipv6]:port`, `dns:///host:port`,
/// `unix:path` or `unix:///path`.
package struct ClientTarget: Sendable, Hashable, CustomStringConvertible {
  /// Never empty.
  package let endpoints: [ClientEndpoint]

  private init(unchecked endpoints: [ClientEndpoint]) {
    self.endpoints = endpoints
  }

  /// - Returns: `nil` when there are no endpoints.
  package init?(_ endpoints: [ClientEndpoint]) {
    if endpoints.isEmpty { return nil }
    self.endpoints = endpoints
  }

  /// A host name, all addresses of which are used, or an IP address.
  package static func host(_ name: String, port: Int) -> ClientTarget {
    ClientTarget(unchecked: [.host(name, port: port)])
  }

  package static func unixSocket(path: String) -> ClientTarget {
    ClientTarget(unchecked: [.unixSocket(path: path)])
  }

  /// Parses the text form.
  ///
  /// - Throws: ``ClientTargetError`` naming the part that is wrong.
  package init(parsing text: String) throws(ClientTargetError) {
    var endpoints: [ClientEndpoint] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      endpoints.append(try ClientEndpoint(parsing: part))
    }
    self.endpoints = endpoints
  }

  package var description: String {
    endpoints.map(\.description).joined(separator: ",")
  }

  /// What `:authority` says unless the configuration does.
  var authority: String {
    for case .host(let name, let port) in endpoints {
      return ClientEndpoint.host(name, port: port).description
    }
    return "localhost"
  }
}

/// What is wrong with the text form of a target.
package struct ClientTargetError: Error, Hashable, CustomStringConvertible {
  package var part: String
  package var reason: String

  package var description: String { "'\(part)' is not a target: \(reason)" }
}

extension ClientEndpoint {
  init(parsing text: Substring) throws(ClientTargetError) {
    let part = text.trimmingBlanks
    if let path = part.dropping(prefix: "unix://") ?? part.dropping(prefix: "unix:") {
      if path.isEmpty { throw ClientTargetError(part: String(part), reason: "the path of the socket is missing") }
      self = .unixSocket(path: String(path))
    } else {
      let address = part.dropping(prefix: "dns:///") ?? part.dropping(prefix: "dns:") ?? part
      self = try Self.host(parsing: address, of: part)
    }
  }

  private static func host(parsing address: Substring, of part: Substring) throws(ClientTargetError) -> Self {
    guard let colon = address.lastIndex(of: ":") else {
      throw ClientTargetError(part: String(part), reason: "write host:port")
    }
    var name = address[..<colon]
    if name.first == "[", name.last == "]" {
      name = name.dropFirst().dropLast()
    } else if name.contains(":") {
      throw ClientTargetError(part: String(part), reason: "write an IPv6 address in brackets, as in [::1]:443")
    }
    guard let port = Int(address[address.index(after: colon)...]), (1...65_535).contains(port) else {
      throw ClientTargetError(part: String(part), reason: "the port must be a number from 1 to 65535")
    }
    guard !name.isEmpty, !name.contains("/") else {
      throw ClientTargetError(part: String(part), reason: "write host:port")
    }
    return .host(String(name), port: port)
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var text = self
    while text.first?.isWhitespace == true { text = text.dropFirst() }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    return text
  }

  fileprivate func dropping(prefix: String) -> Substring? {
    hasPrefix(prefix) ? dropFirst(prefix.count) : nil
  }
}
