import NIOCore

/// Whom a limit is counted against: the verified identity where there is one, else the network address.
enum ClientKey: Sendable, Hashable {
  case identity(String)
  /// An address of version 4, or the network of an address of version 6.
  case address(String)
  /// A Unix socket or an unnamed peer.
  case local

  init(identity: String?, address: SocketAddress?) {
    if let identity {
      self = .identity(identity)
    } else if let text = address?.ipAddress {
      self = .address(Self.network(of: text))
    } else {
      self = .local
    }
  }

  /// Addresses of version 6 count by their /64, which is what one subscriber is given: otherwise a client would have
  /// 2⁶⁴ keys to spend.
  /// - Parameter text: an address in its canonical form (RFC 5952).
  static func network(of text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: ":")) else { return text }
    // A mapped address of version 4, ::ffff:192.0.2.1, is that address.
    if text.utf8.contains(UInt8(ascii: ".")), let last = text.split(separator: ":").last { return String(last) }
    var groups = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if let gap = groups.firstIndex(of: "") {
      groups.removeAll { $0.isEmpty }
      let missing = max(8 - groups.count, 0)
      groups.insert(contentsOf: repeatElement("0", count: missing), at: min(gap, groups.count))
    }
    return groups.prefix(4).joined(separator: ":")
  }
}
