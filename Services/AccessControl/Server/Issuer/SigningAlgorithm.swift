import ServiceRuntime

/// What an external issuer may sign with (RFC 7518, RFC 8037): each needs a key that only the issuer has. There is no word
/// for a token that is not signed, nor for one that is signed with a secret that both sides know.
enum SigningAlgorithm: String, CaseIterable, Sendable, ScalarSettingValue {
  case rs256 = "RS256"
  case ps256 = "PS256"
  case es256 = "ES256"
  case edDSA = "EdDSA"
}
