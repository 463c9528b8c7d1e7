package import TLS

/// gRPC's own Python server (the C core) with methods for tests of clients, all of `vigil.test.Echo`
/// and with bytes for messages.
///
/// - `unary`, `collect` (client stream), `expand` (server stream), `echo` (both): send back what came;
///   `collect` joins it, `expand` sends as many copies as the first byte says.
/// - `metadata`: returns what came as initial and trailing metadata.
/// - `fail`: `FAILED_PRECONDITION` with a text that needs escaping and status details.
/// - `wait`: waits for cancellation; prints `cancelled` then and the seconds left at the start.
package final class PythonEchoServer: Sendable {
  package let port: Int
  private let process: PythonProcess

  /// - Parameters:
  ///   - port: 0 lets the system choose.
  ///   - tls: the server's files; with authorities, clients must present a certificate.
  ///   - compresses: whether answers are compressed with gzip.
  package init(port: Int = 0, tls: TLSFiles? = nil, compresses: Bool = false) async throws {
    var arguments = ["\(port)", compresses ? "gzip" : "identity"]
    if let identity = tls?.identity { arguments += [identity.certificateChain, identity.privateKey] }
    if let authorities = tls?.authorities { arguments.append(authorities) }
    process = try await PythonProcess(Self.script, arguments: arguments)
    guard let line = await process.line(), let bound = Int(line) else {
      throw PeerError("the Python server did not start")
    }
    self.port = bound
  }

  /// The next line that a method printed.
  package func line() async -> String? { await process.line() }

  /// Shuts the server down gracefully; running calls have `grace` seconds. Returns at its end.
  package func stop(grace: Double) async throws {
    try process.send("\(grace)")
    while let line = await process.line(), line != "stopped" {}
  }

  private static let script = #"""
    import sys, threading, grpc
    from concurrent import futures

    def unary(request, context):
        return request

    def collect(requests, context):
        return b"".join(requests)

    def expand(request, context):
        for _ in range(request[0]):
            yield request

    def echo(requests, context):
        for request in requests:
            yield request

    def metadata(request, context):
        sent = [(k, v) for k, v in context.invocation_metadata() if k.startswith("x-")]
        context.send_initial_metadata(sent)
        context.set_trailing_metadata(sent)
        return request

    def fail(request, context):
        context.set_trailing_metadata((("grpc-status-details-bin", b"\x00\x01details"),))
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, "100 % näh\n–")

    def wait(request, context):
        ended = threading.Event()
        context.add_callback(ended.set)
        print("waiting", context.time_remaining())
        ended.wait()
        print("cancelled")
        return request

    class Handler(grpc.GenericRpcHandler):
        def service(self, details):
            return {
                "unary": grpc.unary_unary_rpc_method_handler(unary),
                "collect": grpc.stream_unary_rpc_method_handler(collect),
                "expand": grpc.unary_stream_rpc_method_handler(expand),
                "echo": grpc.stream_stream_rpc_method_handler(echo),
                "metadata": grpc.unary_unary_rpc_method_handler(metadata),
                "fail": grpc.unary_unary_rpc_method_handler(fail),
                "wait": grpc.unary_unary_rpc_method_handler(wait),
            }.get(details.method.rsplit("/", 1)[1])

    port, coding, *files = sys.argv[1:]
    server = grpc.server(
        futures.ThreadPoolExecutor(max_workers=32),
        handlers=(Handler(),),
        compression=grpc.Compression.Gzip if coding == "gzip" else None,
    )
    address = "127.0.0.1:" + port
    if files:
        chain, key, *authorities = [open(name, "rb").read() for name in files]
        credentials = grpc.ssl_server_credentials(
            [(key, chain)], authorities[0] if authorities else None, bool(authorities))
        print(server.add_secure_port(address, credentials))
    else:
        print(server.add_insecure_port(address))
    server.start()
    grace = sys.stdin.readline()
    if grace:
        server.stop(float(grace)).wait()
        print("stopped")
    """#
}
