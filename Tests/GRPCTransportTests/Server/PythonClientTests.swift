import GRPCCore
import Logging
import NIOCore
import Synchronization
import TLS
import TestSupport
import Testing

@testable import GRPCTransport

@Suite("Server: against gRPC's Python client", .timeLimit(.minutes(3)))
struct PythonClientTests {
  /// Calls the server in every way and prints one line for each.
  private static let script = """
    import sys, grpc
    target, files = sys.argv[1], sys.argv[2:]
    if files:
      ca, key, chain = (open(file, "rb").read() for file in files)
      channel = grpc.secure_channel(target, grpc.ssl_channel_credentials(ca, key, chain))
    else:
      channel = grpc.insecure_channel(target)
    same = lambda data: data
    path = "/vigil.test.Echo/"
    unary = channel.unary_unary(path + "echo", same, same)
    print(unary(b"hello"))
    print(len(unary(b"x" * 3_000_000)))
    print(unary(b"squeezed" * 100, compression=grpc.Compression.Gzip) == b"squeezed" * 100)
    print(len(list(channel.stream_stream(path + "echo", same, same)(bytes([n]) * 500 for n in range(200)))))
    answer, call = channel.unary_unary(path + "mirror", same, same).with_call(
      b"", metadata=(("x-text", "a"), ("x-blob-bin", b"\\x00\\xff")))
    print(sorted((k, v) for k, v in call.initial_metadata() if k.startswith("x-")))
    def error(method, request=b"", **options):
      try:
        channel.unary_unary(path + method, same, same)(request, **options)
      except grpc.RpcError as error:
        return error
    refused = error("refuse")
    print(refused.code().name, refused.details(), dict(refused.trailing_metadata())["grpc-status-details-bin"])
    print(error("unknown").code().name)
    print(error("echo", b"x" * 5_000_000).code().name)
    print(error("hold", timeout=0.2).code().name)
    stream = channel.unary_stream(path + "flood", same, same)(b"")
    print(len(next(stream)))
    stream.cancel()
    """

  private static let expected = [
    "b'hello'", "3000000", "True", "200", "[('x-blob-bin', b'\\x00\\xff'), ('x-text', 'a')]",
    "PERMISSION_DENIED no – näh % b'\\x01\\x02\\x03'", "UNIMPLEMENTED", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED",
    "10000",
  ]

  private func check(_ server: EchoServer, files: [String] = []) async throws {
    try await withServers(server) {
      let target = "127.0.0.1:\(try await server.port)"
      let python = try await PythonProcess(Self.script, arguments: [target] + files)
      for expected in Self.expected { #expect(await python.line() == expected) }
      // The stream that was cancelled ends, and the call past its deadline.
      try await eventually { server.cancelled.withLock { $0 } >= 2 }
    }
  }

  @Test("cleartext")
  func cleartext() async throws {
    try await self.check(EchoServer())
  }

  @Test("cleartext with compressed responses")
  func compressed() async throws {
    try await self.check(EchoServer { $0.compressesResponses = true })
  }

  @Test("TLS with certificates on both sides")
  func mutualTLS() async throws {
    let authority = try TestCertificateAuthority()
    let configuration = TLSServerConfiguration(files: try authority.server(), clientCertificates: .required)
    let logger = Logger(label: "tls") { _ in SwiftLogNoOpLogHandler() }
    let provider = try TLSContextProvider(server: configuration, logger: logger)
    let client = try authority.client(uri: "spiffe://vigil.test/client/python")
    let identity = try #require(client.identity)
    try await self.check(
      EchoServer(security: .tls(provider)),
      files: [authority.authorityFile, identity.privateKey, identity.certificateChain]
    )
  }
}
