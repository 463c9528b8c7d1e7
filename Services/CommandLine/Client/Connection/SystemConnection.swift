import Foundation
import GRPCCore
import GRPCTransport
import Logging
import TLS

/// The way to the gateway.
struct SystemConnection: Sendable {
  let settings: ConnectionSettings

  /// Connects, does the work and disconnects.
  ///
  /// - Throws: ``CommandFailure``, with the settings named where they may be at fault.
  func run(_ work: (GRPCClient<HTTP2ClientTransport>) async throws -> Void) async throws {
    do {
      let interceptors = try await interceptors()
      try await withGRPCClient(transport: try transport(), interceptors: interceptors, handleClient: work)
    } catch let error as RPCError {
      throw CommandFailure(error, connection: settings)
    } catch let error as TLSError {
      throw CommandFailure(status: .configuration, reason: error.reason, advice: error.remedy)
    }
  }

  /// What shows the session's token, if there is a session.
  private func interceptors() async throws -> [any ClientInterceptor] {
    guard let session = settings.session else { return [] }
    let refresh = SessionRefresh(file: SessionFile(path: session), address: settings.address)
    guard FileManager.default.fileExists(atPath: session) else { return [] }
    let token = try await withGRPCClient(transport: try transport()) { client in
      try await refresh.token(client, settings.callOptions())
    }
    return token.map { [BearerInterceptor(token: $0)] } ?? []
  }

  private func transport() throws -> HTTP2ClientTransport {
    let identity = settings.certificate.flatMap { certificate in
      settings.key.map { TLSFiles.Identity(certificateChain: certificate, privateKey: $0) }
    }
    // What goes wrong reaches the operator as the failure of the call; there is no log to read.
    let logger = Logger(label: "vigil", factory: { _ in SwiftLogNoOpLogHandler() })
    let tls = TLSClientConfiguration(files: TLSFiles(identity: identity, authorities: settings.authorities))
    var configuration = HTTP2ClientConfiguration()
    configuration.connectTimeout = .seconds(5)
    // The report of an import names each of its rows.
    configuration.maxResponseMessageBytes = 64 << 20
    configuration.userAgent = "vigil-cli"
    return HTTP2ClientTransport(
      target: .host(settings.address.host, port: settings.address.port),
      tls: try TLSContextProvider(client: tls, logger: logger),
      configuration: configuration,
      logger: logger
    )
  }
}
