package import GRPCCore
package import TLS

/// What the transport knows of an RPC beyond GRPCCore's context: who called, and until when an
/// answer is of use. Interceptors find it in `ServerContext.transportSpecific`.
package struct HTTP2ServerConnectionInfo: ServerContext.TransportSpecific {
  /// What all RPCs of a connection have in common.
  package final class Connection: Sendable {
    /// Unique within the process.
    package let id: UInt64
    /// Whether the connection is encrypted.
    package let isSecure: Bool
    /// The client's verified certificate, if it presented one.
    package let peer: PeerCertificate?

    package init(id: UInt64, isSecure: Bool, peer: PeerCertificate?) {
      self.id = id
      self.isSecure = isSecure
      self.peer = peer
    }
  }

  package let connection: Connection
  /// When the client stops waiting, from its `grpc-timeout`. The transport answers
  /// DEADLINE_EXCEEDED at that time by itself and cancels the RPC; the header is not in the metadata,
  /// so that GRPCCore does not keep a second clock.
  package let deadline: ContinuousClock.Instant?

  package init(connection: Connection, deadline: ContinuousClock.Instant?) {
    self.connection = connection
    self.deadline = deadline
  }

  /// The URI names of the client's verified certificate, such as `spiffe://vigil.local/client/x`.
  package var peerURINames: [String] { self.connection.peer?.uriNames ?? [] }

  /// The serial number of that certificate, in hexadecimal.
  package var peerSerialNumber: String? { self.connection.peer?.serialNumber }
}

extension ServerContext {
  /// The transport's knowledge of this RPC; `nil` under another transport, as in tests.
  package var http2: HTTP2ServerConnectionInfo? {
    self.transportSpecific as? HTTP2ServerConnectionInfo
  }
}
