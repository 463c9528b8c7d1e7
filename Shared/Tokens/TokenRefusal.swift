package import AIP
import GRPCCore

/// Why a token is not taken. Callers are told no more than that it is not.
package enum TokenRefusal: Error, Hashable, Sendable {
  /// The field is not `Bearer` with a token, or there are several.
  case notBearer
  /// It is not three parts in base64url with a header and claims of the form that access control writes.
  case malformed
  /// It names no key that is known now.
  case unknownKey
  /// It was not signed with the key that it names.
  case forged
  /// Another made it, or it is for another.
  case foreign
  case notYetValid
  case expired
  /// Its session has ended.
  case ended
  /// Nothing can be checked: which keys there are is not known, or has not been heard for too long.
  case noKeys
}

extension ServiceError {
  package init(_ refusal: TokenRefusal) {
    switch refusal {
    case .noKeys: self.init(.unavailable, .policyUnavailable, "tokens cannot be checked at present")
    default: self = .tokenRefused
    }
  }

  /// UNAUTHENTICATED: the one answer to every token that is not good.
  package static let tokenRefused = ServiceError(.unauthenticated, .credentialsRefused, "the token is not valid")
}
