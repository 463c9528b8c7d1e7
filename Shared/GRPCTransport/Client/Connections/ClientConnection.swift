internal import GRPCCore
internal import HTTP2
internal import Logging
internal import NIOCore
internal import TLS

/// One HTTP/2 connection of a client. Confined to its event loop.
final class ClientConnection: HTTP2ConnectionDelegate {
  let id: ConnectionID
  private let address: ResolvedAddress
  private let channel: ClientChannel
  /// Explains a TLS alert that comes after the handshake; `nil` for cleartext.
  private let diagnosis: TLSFailureDiagnosis?
  private var handler: Connection?
  private var streams: [HTTP2StreamID: ClientStream] = [:]
  private var streamOfCall: [ObjectIdentifier: ClientStream] = [:]
  /// The server has sent its settings: calls may be made.
  private var isReady = false
  /// No new calls are taken.
  private var isLeaving = false
  private var goAway: String?
  private var lastEnd = NIODeadline.now()

  init(id: ConnectionID, address: ResolvedAddress, channel: ClientChannel, diagnosis: TLSFailureDiagnosis?) {
    self.id = id
    self.address = address
    self.channel = channel
    self.diagnosis = diagnosis
  }

  // MARK: Life

  func connectionDidOpen(_ connection: Connection) {
    handler = connection
  }

  func connection(_ connection: Connection, didReceive event: HTTP2Event) {
    switch event {
    case .settings: becomeReady(connection)
    case .goAway(_, let code, let debug): leave(code, debug)
    case .headers(let id, let block, let endStream):
      handle(id) { stream throws(RPCError) in try stream.receive(headers: block, endStream: endStream) }
    case .data(let id, let buffer, _): receive(buffer, on: id)
    case .trailers(let id, let block):
      handle(id) { stream throws(RPCError) in try stream.receive(trailers: block) }
    case .headersTooLarge(let id):
      handle(id) { _ throws(RPCError) in
        throw RPCError(code: .resourceExhausted, message: "The server's headers are over the limit.")
      }
    case .writable(let id): if let stream = streams[id] { send(stream) }
    case .closed(let id, let reason): closed(id, reason)
    case .informational, .ping, .pong: break
    }
  }

  private func becomeReady(_ connection: Connection) {
    guard !isReady else { return }
    isReady = true
    lastEnd = .now()
    let handle = ConnectionHandle(
      self,
      on: connection.eventLoop,
      remotePeer: connection.channel?.remoteAddress?.peerText ?? address.description,
      localPeer: connection.channel?.localAddress?.peerText ?? ""
    )
    channel.connected(handle, to: address)
  }

  private func leave(_ code: HTTP2ErrorCode, _ debug: String) {
    goAway = debug.isEmpty ? "\(code)" : "\(code), \(debug)"
    if !isLeaving {
      isLeaving = true
      channel.connectionIsLeaving(id, address, reason: goAway ?? "")
    }
    // The streams that stay finish; then nothing keeps the connection.
    handler?.shutdownGracefully(grace: nil)
  }

  func connectionDidClose(_ connection: Connection, error: HTTP2Error?) {
    // Never connected: whoever tried to knows better why.
    guard handler.take() != nil else { return }
    guard isReady else {
      return channel.connectFailed(id, failure(error))
    }
    let idle = connection.timeouts.idle.map { NIODeadline.now() - lastEnd >= $0 } ?? false
    channel.closed(id, address, error: error, wasIdle: idle && error == nil && goAway == nil)
  }

  private func failure(_ error: HTTP2Error?) -> ConnectFailure {
    if case .transport(let text) = error, let reason = diagnosis?.explain(text: text) {
      return ConnectFailure(address: address.description, step: .tls, reason: "\(reason)")
    }
    let reason =
      error.map { "\($0)" } ?? goAway.map { "the server went away at once (\($0))" }
      ?? "the server closed the connection before it spoke HTTP/2"
    let remedy = "; check that the port speaks gRPC" + (diagnosis == nil ? " without TLS" : "")
    return ConnectFailure(address: address.description, step: .http2, reason: reason + remedy)
  }

  func drain() {
    isLeaving = true
    handler?.shutdownGracefully(grace: nil)
  }

  func close() {
    isLeaving = true
    handler?.terminate(.noError, error: .connectionClosing)
  }

  // MARK: Sending

  /// Sends what the call has written, as far as the stream takes it.
  func pump(_ call: ClientCall) {
    guard let attempt = call.beginPump(on: id) else { return }
    guard let stream = streamOfCall[ObjectIdentifier(call)] ?? open(call, attempt: attempt) else { return }
    send(stream)
  }

  private func open(_ call: ClientCall, attempt: Int) -> ClientStream? {
    guard let handler, !isLeaving, handler.canStartStreams else {
      becomeUnusable()
      call.sendAgain(attempt: attempt, wasRefused: false, or: lostError)
      return nil
    }
    guard case .head(let head, let endStream) = call.nextItem(attempt: attempt) else { return nil }
    do {
      let id = try handler.submitRequest(head, endStream: endStream)
      let stream = ClientStream(id: id, call: call, attempt: attempt)
      streams[id] = stream
      streamOfCall[ObjectIdentifier(call)] = stream
      return stream
    } catch {
      becomeUnusable()
      call.sendAgain(attempt: attempt, wasRefused: false, or: lostError)
      return nil
    }
  }

  private func becomeUnusable() {
    guard !isLeaving else { return }
    isLeaving = true
    channel.connectionIsLeaving(id, address, reason: "it takes no more calls")
  }

  private func send(_ stream: ClientStream) {
    guard let handler else { return }
    while handler.isWritable(stream.id), let item = stream.call.nextItem(attempt: stream.attempt) {
      switch item {
      case .data(let buffer, let endStream): handler.write(buffer, to: stream.id, endStream: endStream)
      case .end: handler.write(ByteBuffer(), to: stream.id, endStream: true)
      case .head: break
      }
    }
    stream.call.endPump()
  }

  func reset(_ call: ClientCall) {
    guard let stream = streamOfCall[ObjectIdentifier(call)] else { return }
    handler?.reset(stream.id, .cancel)
  }

  // MARK: Receiving

  private func handle(_ id: HTTP2StreamID, _ body: (ClientStream) throws(RPCError) -> Void) {
    guard let stream = streams[id] else { return }
    do {
      try body(stream)
    } catch {
      stream.call.fail(error, attempt: stream.attempt)
      handler?.reset(id, .cancel)
    }
  }

  private func receive(_ buffer: ByteBuffer, on id: HTTP2StreamID) {
    handle(id) { stream throws(RPCError) in
      let credit = try stream.receive(data: buffer)
      handler?.consume(id, bytes: credit)
    }
  }

  func returnCredit(of call: ClientCall) {
    guard let stream = streamOfCall[ObjectIdentifier(call)] else { return }
    handler?.consume(stream.id, bytes: stream.takeCredit())
  }

  private func closed(_ id: HTTP2StreamID, _ reason: HTTP2CloseReason) {
    guard let stream = streams.removeValue(forKey: id) else { return }
    streamOfCall[ObjectIdentifier(stream.call)] = nil
    lastEnd = .now()
    let error = stream.close(reason)
    if reason == .notProcessed, !stream.hasResponse {
      stream.call.sendAgain(attempt: stream.attempt, wasRefused: !isLeaving && handler != nil, or: error ?? lostError)
    } else if reason == .connectionLost {
      stream.call.fail(lostError, attempt: stream.attempt)
    } else if let error {
      stream.call.fail(error, attempt: stream.attempt)
    }
  }

  private var lostError: RPCError {
    let why = goAway.map { " The server went away (\($0))." } ?? ""
    return RPCError(code: .unavailable, message: "The connection to \(address) was lost.\(why)")
  }
}

extension SocketAddress {
  /// gRPC's form of a peer: `ipv4:127.0.0.1:443`.
  fileprivate var peerText: String {
    switch self {
    case .v4: "ipv4:\(ipAddress ?? ""):\(port ?? 0)"
    case .v6: "ipv6:[\(ipAddress ?? "")]:\(port ?? 0)"
    case .unixDomainSocket: "unix:\(pathname ?? "")"
    }
  }
}
