extension PeerCertificate {
  /// Whether one of the DNS names is that of the host (RFC 9525 §6.3): equal without regard to case
  /// and a final dot, or with a `*` for the whole left-most label.
  ///
  /// NIOSSL also lets a certificate pass that has the connection's IP address but not the name that
  /// was dialled; whoever controls DNS could abuse that, so clients check the name here as well.
  package func isFor(host: String) -> Bool {
    let wanted = Self.labels(host)
    return dnsNames.contains { name in
      let offered = Self.labels(name)
      guard offered.count == wanted.count, !offered.isEmpty else { return false }
      if offered[0] == "*" {
        return offered.count > 2 && offered.dropFirst() == wanted.dropFirst()
      }
      return offered == wanted
    }
  }

  private static func labels(_ name: String) -> [Substring] {
    let lower = name.lowercased()
    let trimmed = lower.hasSuffix(".") ? lower.dropLast() : lower[...]
    return trimmed.split(separator: ".", omittingEmptySubsequences: false)
  }
}
