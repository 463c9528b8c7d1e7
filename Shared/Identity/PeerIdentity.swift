// Identity: who calls. Pure values and one task-local; imports AIP for identifiers, does no I/O and decides nothing:
// the interceptor in RPC establishes the caller, the services' policies judge it.

/// The name that a certificate gives its holder: a URI such as `spiffe://vigil.local/service/cases`.
///
/// The trust domain is the authority, the first path segment says what kind of holder it is and the
/// rest is its name (SPIFFE ID, section 2). Only services and clients of a deployment have identities.
package struct PeerIdentity: Hashable, Sendable, CustomStringConvertible {
  /// What kind of holder an identity names.
  package enum Kind: String, Sendable, CaseIterable {
    /// A process of this system.
    case service
    /// A system outside that calls this one.
    case client
  }

  package let trustDomain: String
  package let kind: Kind
  package let name: String

  package init(trustDomain: String, kind: Kind, name: String) {
    self.trustDomain = trustDomain
    self.kind = kind
    self.name = name
  }

  /// The identity that the URI names; nil when it is not of the form.
  ///
  /// SPIFFE allows at most 2048 bytes, a trust domain of lower case letters, digits, `.`, `-` and `_`,
  /// and path segments of those and upper case letters; no query, fragment, port, or escapes.
  package init?(uri: String) {
    // Bytes: all of it is ASCII, and to find the characters of a text takes long.
    let (scheme, bytes) = ("spiffe://".utf8, uri.utf8)
    guard bytes.count <= 2048, bytes.starts(with: scheme) else { return nil }
    let parts = bytes.dropFirst(scheme.count).split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].count <= 255 else { return nil }
    guard Self.isWord(parts[0], upperCase: false), Self.isWord(parts[2], upperCase: true) else { return nil }
    guard let kind = Kind(rawValue: String(Substring(parts[1]))) else { return nil }
    let name = String(Substring(parts[2]))
    guard name != ".", name != ".." else { return nil }
    self.init(trustDomain: String(Substring(parts[0])), kind: kind, name: name)
  }

  private static func isWord(_ text: Substring.UTF8View, upperCase: Bool) -> Bool {
    !text.isEmpty
      && text.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"): true
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): upperCase
        default: false
        }
      }
  }

  package var uri: String { "spiffe://\(trustDomain)/\(kind.rawValue)/\(name)" }
  package var description: String { uri }
}
