import GRPCCore
import GRPCTestingAPI
import TLS
import TestSupport
import Testing

extension Interop {
  /// HTTP/2 over TLS is agreed on by ALPN (RFC 9113 section 3.2), and gRPC needs it.
  @Suite("ALPN", .timeLimit(.minutes(1)))
  struct ALPNTests {
    /// Connects with these protocols and prints what was agreed on and the type of the first frame, if any came.
    private static let client = #"""
      import socket, ssl, sys
      port, authority, *protocols = sys.argv[1:]
      context = ssl.create_default_context(cafile=authority)
      if protocols: context.set_alpn_protocols(protocols)
      try:
        with context.wrap_socket(socket.create_connection(("127.0.0.1", int(port))), server_hostname="localhost") as tls:
          agreed = tls.selected_alpn_protocol()
          tls.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
          answer = tls.recv(9)
          print(agreed, "SETTINGS" if answer[3:4] == b"\4" else "closed" if not answer else answer)
      except (ssl.SSLError, ConnectionError):
        print("refused")
      """#

    @Test(
      "a client that does not ask for h2 is served nothing",
      arguments: Path.allCases, [["h2"], [], ["http/1.1"], ["http/1.1", "h2"]]
    )
    func server(path: Path, protocols: [String]) async throws {
      let bed = try TestBed.current
      let port = try bed.port(of: .vigil, path, .tls)
      let authority = bed.identities.authority.authorityFile
      let python = try await PythonProcess(Self.client, arguments: ["\(port)", authority] + protocols)
      let line = await python.line()
      if protocols.contains("h2") {
        #expect(line == "h2 SETTINGS")
      } else {
        #expect(line == "None closed" || line == "refused")
      }
    }

    /// Answers TLS with or without ALPN, then sends HTTP/2's settings.
    private static let server = #"""
      import socket, ssl, sys
      chain, key, *protocols = sys.argv[1:]
      context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
      context.load_cert_chain(chain, key)
      if protocols: context.set_alpn_protocols(protocols)
      listener = socket.create_server(("127.0.0.1", 0))
      print(listener.getsockname()[1])
      while True:
        try:
          with context.wrap_socket(listener.accept()[0], server_side=True) as tls:
            tls.sendall(bytes([0, 0, 0, 4, 0, 0, 0, 0, 0]))
            print("request" if any(iter(lambda: tls.recv(4096), b"")) else "nothing")
        except (ssl.SSLError, ConnectionError):
          print("refused")
      """#

    @Test("a server that does not agree to h2 is called no further", arguments: [[], ["http/1.1"]])
    func client(protocols: [String]) async throws {
      let bed = try TestBed.current
      let files = try #require(bed.identities.server.identity)
      let python = try await PythonProcess(
        Self.server, arguments: [files.certificateChain, files.privateKey] + protocols)
      let port = try #require(await python.line().flatMap { Int($0) })
      try await InteropClient.run(port: port, tls: bed.identities.dialler(.tls)) { client in
        try await client.expectStatus(.unavailable) {
          _ = try await client.stub.emptyCall(PBEmpty(), options: .within(.seconds(10)))
        }
      }
      let first = await python.line()
      #expect(first == "nothing" || first == "refused")
    }
  }
}
