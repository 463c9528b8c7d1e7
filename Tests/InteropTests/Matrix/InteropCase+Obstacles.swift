/// Who calls whom.
enum Direction: String, CaseIterable, Sendable {
  /// The peer's client calls Vigil's server.
  case calls
  /// Vigil's client calls the peer's server.
  case serves
}

extension InteropCase {
  /// Why the case cannot pass between Vigil and this peer; `nil` when it can.
  func obstacle(_ peer: Peer, _ direction: Direction) -> String? {
    switch (self, peer, direction) {
    case (.clientCompressedUnary, .python, .serves), (.clientCompressedStreaming, .python, .serves):
      "grpcio does not tell a method whether a message came compressed, so it cannot refuse the one that did not"
    case (.clientCompressedStreaming, .python, .calls):
      "grpcio's client compresses all messages of a call or none"
    case (.statusMessageOuterSpaces, _, .serves):
      "gRPC's C core sends spaces at the ends of `grpc-message` as they are, which RFC 9113 section 8.2.1 calls malformed"
    default: nil
    }
  }

  /// What it is tried over: long ones over one of the two.
  var securities: [Security] {
    switch self {
    case .sequentialStreams: [.plaintext]
    case .rpcSoak, .channelSoak, .metadataLimit, .concurrentStreams: [.tls]
    default: Security.allCases
    }
  }

  /// Cases of gRPC's that are not tried, and why.
  static let leftOut = [
    "cacheable_unary": "gRPC over GET with a caching proxy between; withdrawn from gRPC's core, and in no library here",
    "compute_engine_creds, jwt_token_creds, oauth2_auth_token, per_rpc_creds": "credentials of one cloud",
  ]
}
