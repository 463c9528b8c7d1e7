import GRPCCore
import GRPCTestingAPI
import TLS
import TestSupport
import Testing

extension Interop {
  @Suite("Trust", .timeLimit(.minutes(1)))
  struct TrustTests {
    @Test("who shows what to whom", arguments: TrustCell.all.filter { $0.obstacle == nil })
    func cell(_ cell: TrustCell) async throws {
      let bed = try TestBed.current
      let stranger = try TestCertificateAuthority("Unknown authority")
      let server = try cell.trustCase.server(bed.identities, stranger)
      let client = try cell.trustCase.client(bed.identities, stranger)
      switch (cell.direction, cell.path) {
      case (.calls, .direct):
        try await InteropServer.run(Identities.listener(server)) { listener in
          try await bed.peerCalls(cell, port: listener.port, client)
        }
      case (.calls, .gateway):
        let instance = try bed.port(of: .vigil, .direct, .plaintext)
        let gateway = try await GatewayProcess(to: instance, listener: server, dialler: nil)
        if cell.trustCase.isForServer || cell.trustCase.isAccepted {
          try await gateway.waitUntilServing(Identities.dialler(bed.identities.anonymous))
        }
        try await bed.peerCalls(cell, port: gateway.port, client)
        try gateway.drain()
      case (.serves, .direct):
        let program = try bed.program(cell.peer)
        let port = try await program.serve(server)
        try await bed.vigilCalls(cell, port: port, client)
        try await program.stop(port)
      case (.serves, .gateway):
        let program = try bed.program(cell.peer)
        let port = try await program.serve(server)
        // Without probes it is the call that makes the connection, so that it cannot fail for want of one yet.
        let gateway = try await GatewayProcess(to: port, listener: nil, dialler: client, probes: false)
        try await bed.vigilCalls(cell, port: gateway.port, nil)
        try await program.stop(port)
        try gateway.drain()
      }
    }
  }
}

extension TestBed {
  fileprivate func peerCalls(_ cell: TrustCell, port: Int, _ files: TLSFiles) async throws {
    let name = cell.trustCase.isAccepted ? "empty_unary" : "connection_refused"
    try await program(cell.peer).run(name, port: port, files)
  }

  fileprivate func vigilCalls(_ cell: TrustCell, port: Int, _ files: TLSFiles?) async throws {
    try await InteropClient.run(port: port, tls: files.map(Identities.dialler)) { client in
      guard !cell.trustCase.isAccepted else { return try await client.emptyUnary() }
      try await client.expectStatus(.unavailable) {
        _ = try await client.stub.emptyCall(PBEmpty(), options: .within(.seconds(10)))
      }
    }
  }
}
