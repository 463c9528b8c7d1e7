import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilAccessAPI

extension SignInService {
  func getKeySet(request: PBGetKeySetRequest, context: ServerContext) async throws -> PBKeySet {
    let keys = try await pool.execute(SelectTokenKeys(time: now))
    return .with { $0.json = #"{"keys":[\#(keys.map(\.json).joined(separator: ","))]}"# }
  }
}

extension TokenKey {
  /// As a JSON Web Key (RFC 8037). Neither the id nor base64url has a character that JSON would have to escape.
  fileprivate var json: String {
    let x = Base64URL.encode(publicKey)
    return #"{"kty":"OKP","crv":"Ed25519","use":"sig","alg":"EdDSA","kid":"\#(id)","x":"\#(x)"}"#
  }
}
