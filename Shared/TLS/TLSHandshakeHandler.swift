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
  private let expectation: ServerExpectation?
  private let requiredProtocol: String?
  private var completion: Completion?

  /// - Parameters:
  ///   - provider: whose context the `NIOSSLHandler` before this one uses.
  ///   - host: the DNS name that a client dialled, or `nil` for an address.
  ///   - requiredProtocol: the ALPN protocol without which the handshake counts as failed.
  ///   - completion: runs once, on the channel's event loop.
  package init(
    provider: TLSContextProvider,
    host: String? = nil,
    requiredProtocol: String?,
    completion: @escaping Completion
  ) {
    self.diagnosis = provider.diagnosis()
    self.requiredProtocol = requiredProtocol
    self.completion = completion
    self.expectation =
      switch provider.endpoint {
      case .server: nil
      case .client(let configuration): configuration.expectation(dialling: host)
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
    let end = NIOSSLError.handshakeFailed(.sslError([.eofDuringHandshake]))
    finish(context, .failure(diagnosis.explain(end, certificate: nil)))
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
    try expectation?.check(peer)
    return TLSSession(applicationProtocol: negotiated, peer: peer)
  }

  private func presentedCertificate(_ context: ChannelHandlerContext) -> NIOSSLCertificate? {
    let handler = try? context.pipeline.syncOperations.handler(type: NIOSSLHandler.self)
    return handler?.peerCertificate
  }
}
