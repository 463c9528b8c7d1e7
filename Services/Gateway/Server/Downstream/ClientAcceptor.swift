import HTTP2
import Logging
import NIOCore
import TLS

/// Makes connections of accepted channels: limits first, then TLS, then HTTP/2.
struct ClientAcceptor: Sendable {
  let listener: ClientDescription.Listener
  let tls: TLSContextProvider?
  let core: GatewayCore

  /// Called on the channel's event loop, which is the worker's.
  func accept(_ channel: any Channel, worker: Worker) throws {
    let anonymous = ClientDescription(
      listener: listener, certificate: nil, address: channel.remoteAddress)
    if let refusal = core.limiter.connect(anonymous.key) {
      refused(refusal, anonymous)
      throw ChannelError.ioOnClosedChannel
    }
    // Until the connection is known to the worker, its place is given back by the channel.
    guard let tls else { return try open(channel, anonymous, worker) }
    let limiter = core.limiter
    let handshake = Handshake()
    let (number, oldest) = worker.handshakes.begin(channel)
    if let oldest {
      core.cutOff(anonymous, for: .handshakes)
      oldest.close(promise: nil)
    }
    channel.closeFuture.assumeIsolated().whenComplete { _ in
      worker.handshakes.end(number)
      if !handshake.isOver { limiter.disconnect(anonymous.key) }
    }
    let timer = channel.eventLoop.assumeIsolated().scheduleTask(in: core.settings.downstream.handshakeTimeout) {
      core.cutOff(anonymous, for: .slowHandshake)
      channel.close(promise: nil)
    }
    try tls.addHandlers(to: channel) { channel, result in
      timer.cancel()
      worker.handshakes.end(number)
      self.handshakeEnded(channel, result, anonymous, handshake, worker)
    }
  }

  private final class Handshake {
    var isOver = false
  }

  private func handshakeEnded(
    _ channel: any Channel, _ result: Result<TLSSession, TLSError>, _ anonymous: ClientDescription,
    _ handshake: Handshake, _ worker: Worker
  ) {
    guard case .success(let session) = result else {
      if case .failure(let error) = result { failed(error) }
      return
    }
    let client = ClientDescription(
      listener: listener, certificate: session.peer, address: channel.remoteAddress)
    guard listener == .public || client.isService else {
      notAService(client)
      return channel.close(promise: nil)
    }
    // From here on the client counts by who it is and no more by where it is.
    handshake.isOver = true
    core.limiter.disconnect(anonymous.key)
    if let refusal = core.limiter.connect(client.key) {
      refused(refusal, client)
      return channel.close(promise: nil)
    }
    do {
      try open(channel, client, worker)
    } catch {
      core.limiter.disconnect(client.key)
      channel.close(promise: nil)
    }
  }

  private func open(_ channel: any Channel, _ client: ClientDescription, _ worker: Worker) throws {
    let connection = DownstreamConnection(client: client, worker: worker)
    try channel.pipeline.syncOperations.addHandler(connection.makeHandler())
  }

  private func refused(_ refusal: ClientLedger.Refusal, _ client: ClientDescription) {
    core.connectionRefused(listener)
    core.refused(for: .connections)
    guard core.mayComplain() else { return }
    core.logger.warning(
      "client connection refused",
      metadata: ["listener": .string(listener.rawValue), "peer": .string(client.kind), "limit": "\(refusal)"])
  }

  private func notAService(_ client: ClientDescription) {
    core.connectionRefused(listener)
    core.logger.warning(
      "only services may connect here",
      metadata: ["listener": .string(listener.rawValue), "peer": .string(client.kind)])
  }

  private func failed(_ error: TLSError) {
    core.refused(for: .failedHandshake)
    guard core.mayComplain() else { return }
    core.logger.info(
      "TLS handshake with a client failed",
      metadata: ["listener": .string(listener.rawValue), "error": .string(error.description)])
  }
}
