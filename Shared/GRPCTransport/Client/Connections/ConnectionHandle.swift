internal import NIOCore

/// A connection as seen from anywhere: calls on it run on its event loop, at once when made there.
struct ConnectionHandle: Sendable {
  let id: ConnectionID
  let remotePeer: String
  let localPeer: String
  private let connection: NIOLoopBound<ClientConnection>

  init(_ connection: ClientConnection, on eventLoop: any EventLoop, remotePeer: String, localPeer: String) {
    self.id = connection.id
    self.remotePeer = remotePeer
    self.localPeer = localPeer
    self.connection = NIOLoopBound(connection, eventLoop: eventLoop)
  }

  private func run(_ body: @escaping @Sendable (ClientConnection) -> Void) {
    let connection = self.connection
    if connection.eventLoop.inEventLoop {
      body(connection.value)
    } else {
      connection.eventLoop.execute { body(connection.value) }
    }
  }

  func pump(_ call: ClientCall) {
    run { $0.pump(call) }
  }

  func reset(_ call: ClientCall) {
    run { $0.reset(call) }
  }

  func returnCredit(of call: ClientCall) {
    run { $0.returnCredit(of: call) }
  }

  func drain() {
    run { $0.drain() }
  }

  func close() {
    run { $0.close() }
  }
}
