import NIOCore
import NIOPosix
import Testing

/// A server that is shut down in the middle of a call: the server itself, or a gateway before it.
struct Leaving: Sendable {
  let port: Int
  let leave: @Sendable () async throws -> Void

  /// Begins the shutdown and waits until nobody new is let in.
  func leaveAndClose() async throws {
    try await leave()
    while await Leaving.accepts(port) { try await Task.sleep(for: .milliseconds(5)) }
  }

  private static func accepts(_ port: Int) async -> Bool {
    let group = MultiThreadedEventLoopGroup.singleton
    guard let channel = try? await ClientBootstrap(group: group).connect(host: "127.0.0.1", port: port).get() else {
      return false
    }
    try? await channel.close()
    return true
  }
}

extension TestBed {
  /// Shuts the next hop down while a stream is in use: what the client is connected to, so the gateway if there is one.
  func runGoaway(_ cell: Cell) async throws {
    switch cell.direction {
    case .calls:
      try await withLeaving(.vigil, cell) { leaving in
        let files = cell.security == .tls ? identities.anonymous : nil
        try await program(cell.peer).run(cell.interopCase.rawValue, port: leaving.port, files) {
          try await leaving.leaveAndClose()
        }
      }
    case .serves:
      try await withLeaving(.peer(cell.peer), cell) { leaving in
        try await InteropClient.run(port: leaving.port, tls: identities.dialler(cell.security)) { client in
          try await client.converse { conversation in
            try await conversation.exchange(1, 10)
            try await leaving.leaveAndClose()
            try await conversation.exchange(1, 20)
          }
        }
      }
    }
  }

  private func withLeaving(_ host: Host, _ cell: Cell, _ body: (Leaving) async throws -> Void) async throws {
    switch (cell.path, host) {
    case (.gateway, _):
      let port = try port(of: host, .direct, cell.security)
      let gateway = try await identities.gateway(to: port, cell.security)
      try await gateway.waitUntilServing(identities.dialler(cell.security))
      try await body(Leaving(port: gateway.port) { try gateway.drain() })
    case (.direct, .vigil):
      try await InteropServer.run(identities.security(cell.security)) { server in
        try await body(Leaving(port: server.port) { server.drain() })
      }
    case (.direct, .peer(let peer)):
      let program = try program(peer)
      let port = try await program.serve(cell.security == .tls ? identities.server : nil)
      try await body(Leaving(port: port) { try await program.stop(port) })
    }
  }
}
