/// An implementation of gRPC that is not ours.
enum Peer: String, CaseIterable, Sendable {
  /// Python's, from the package index.
  case python = "grpcio"
  /// C++'s, from Debian.
  case cpp = "C++ gRPC"
}

enum Security: String, CaseIterable, Sendable {
  case plaintext, tls
}

/// How a call gets there.
enum Path: String, CaseIterable, Sendable {
  case direct, gateway
}
