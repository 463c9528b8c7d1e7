package import NIOCore
internal import NIOSSL
internal import NIOTLS

/// Stands behind the `NIOSSLHandler` until the handshake is over, then says once how it ended and
/// leaves the pipeline.
///
/// On success the completion runs inside the event, before any decrypted byte is delivered: handlers
/// that it adds at the end of the pipeline miss nothing. On failure the completion is told why and
/// the channel is closed.
package final class TLSHandshakeHandler: ChannelInboundHandler, RemovableChannelHandler {
  package typealias InboundIn = ByteBuffer
  package typealias Completion = (_ channel: any Channel, _ result: Result<TLSSession, TLSError>) -> Void

  private let diagnosis: TLSFailureDiagnosis
  private let acceptableNames: Set<String>?
  private let requiredProtocol: String?
  private var completion: Completion?

  /// - Parameters:
  ///   - provider: whose context the `NIOSSLHandler` before this one uses.
  ///   - requiredProtocol: the ALPN protocol without which the handshake counts as failed.
  ///   - completion: runs once, on the channel's event loop.
  package init(provider: TLSContextProvider, requiredProtocol: String?, completion: @escaping Completion) {
    self.diagnosis = provider.diagnosis()
    self.requiredProtocol = requiredProtocol
    self.completion = completion
    if case .client(let configuration) = provider.endpoint, case .uriNames(let names) = configuration.serverIdentity {
      self.acceptableNames = names
    } else {
      self.acceptableNames = nil
    }
  }

  package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted(let negotiated) = event as? TLSUserEvent {
      do throws(TLSError) {
        finish(context, .success(try session(context, negotiated)))
      } catch {
        finish(context, .failure(error))
      }
    }
    context.fireUserInboundEventTriggered(event)
  }

  package func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard completion != nil else { return context.fireErrorCaught(error) }
    finish(context, .failure(diagnosis.explain(error, certificate: presentedCertificate(context))))
  }

  package func channelInactive(context: ChannelHandlerContext) {
    finish(context, .failure(diagnosis.explain(NIOSSLError.handshakeFailed(.sslError([.eofDuringHandshake])), certificate: nil)))
    context.fireChannelInactive()
  }

  private func finish(_ context: ChannelHandlerContext, _ result: Result<TLSSession, TLSError>) {
    guard let completion = completion.take() else { return }
    completion(context.channel, result)
    switch result {
    case .success: context.pipeline.syncOperations.removeHandler(self, promise: nil)
    case .failure: context.close(promise: nil)
    }
  }

  private func session(_ context: ChannelHandlerContext, _ negotiated: String?) throws(TLSError) -> TLSSession {
    if let requiredProtocol, negotiated != requiredProtocol {
      throw TLSError(
        .protocolMismatch,
        "the peer agreed to \(negotiated ?? "no application protocol") instead of \(requiredProtocol)",
        remedy: "check that this port speaks HTTP/2"
      )
    }
    let peer: PeerCertificate? =
      if let certificate = presentedCertificate(context) { try PeerCertificate(certificate) } else { nil }
    try checkName(of: peer)
    return TLSSession(applicationProtocol: negotiated, peer: peer)
  }

  private func checkName(of peer: PeerCertificate?) throws(TLSError) {
    guard let acceptableNames else { return }
    let names = peer?.uriNames ?? []
    if names.contains(where: acceptableNames.contains) { return }
    throw TLSError(
      .nameMismatch,
      "the server's certificate is for \(names.isEmpty ? "no URI name" : names.joined(separator: ", ")), "
        + "not for \(acceptableNames.sorted().joined(separator: " or "))",
      remedy: "check that the address is that of the intended service"
    )
  }

  private func presentedCertificate(_ context: ChannelHandlerContext) -> NIOSSLCertificate? {
    let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLHandler.self)
    return handler?.peerCertificate
  }
}
