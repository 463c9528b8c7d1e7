/// What one reader class may do with one data class: all of these together; none is a plain no. Written `R@own+S`, `-`.
package struct Cell: Hashable, Sendable {
  package var entitlements: [Entitlement]

  package init(_ entitlements: [Entitlement]) { self.entitlements = entitlements }
}

extension Cell: CustomStringConvertible {
  package init?(_ text: some StringProtocol) {
    guard text != "-" else {
      self.init([])
      return
    }
    var entitlements: [Entitlement] = []
    for part in text.split(separator: "+", omittingEmptySubsequences: false) {
      guard let entitlement = Entitlement(part) else { return nil }
      entitlements.append(entitlement)
    }
    self.init(entitlements)
  }

  package var description: String {
    entitlements.isEmpty ? "-" : entitlements.map(\.description).joined(separator: "+")
  }
}
