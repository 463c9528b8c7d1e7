import GRPCCore
import GRPCTransport
import TLS

/// The way to the gateway.
struct SystemConnection: Sendable {
  let settings: ConnectionSettings

  /// Connects, does the work and disconnects.
  ///
  /// - Throws: ``CommandFailure``, with the settings named where they may be at fault.
  func run(_ work: (GRPCClient<HTTP2ClientTransport>) async throws -> Void) async throws {
    do {
      let transport = try transport()
      try await withGRPCClient(transport: transport, handleClient: work)
    } catch let error as RPCError {
      throw CommandFailure(error, connection: settings)
    } catch let error as TLSError {
      throw CommandFailure(status: .configuration, reason: error.reason, advice: error.remedy)
    }
  }
}
