/// Whom a client expects at the other end, beyond a valid chain.
enum ServerExpectation: Sendable, Hashable {
  case host(String)
  case uriNames(Set<String>)

  /// - Throws: ``TLSError`` with code `.nameMismatch` saying which names were found and wanted.
  func check(_ peer: PeerCertificate?) throws(TLSError) {
    switch self {
    case .host(let host):
      if peer?.isFor(host: host) == true { return }
      throw mismatch(found: peer?.dnsNames ?? [], wanted: host, "dial a name that the certificate has")
    case .uriNames(let names):
      let found = peer?.uriNames ?? []
      if found.contains(where: names.contains) { return }
      let wanted = names.sorted().joined(separator: " or ")
      throw mismatch(found: found, wanted: wanted, "check that the address is that of the intended service")
    }
  }

  private func mismatch(found: [String], wanted: String, _ remedy: String) -> TLSError {
    let names = found.isEmpty ? "no such name" : found.joined(separator: ", ")
    return TLSError(.nameMismatch, "the server's certificate is for \(names), not for \(wanted)", remedy: remedy)
  }
}

extension TLSClientConfiguration {
  /// What is checked when this host is dialled; `nil` when NIOSSL's check of the address is all.
  func expectation(dialling host: String?) -> ServerExpectation? {
    switch serverIdentity {
    case .dialledHost: host.map { .host($0) }
    case .host(let name): .host(name)
    case .uriNames(let names): .uriNames(names)
    }
  }
}
