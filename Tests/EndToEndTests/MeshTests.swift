import GRPCCore
import GRPCTransport
import Logging
import RPC
import ServiceRuntime
import SwiftProtobuf
import TestSupport
import Testing
import VigilCasesAPI

extension EndToEnd {
  /// A service's own calls: its client, with the service's own certificate, through the running gateway's mesh listener
  /// to another service's process.
  @Suite("Calls between services")
  struct MeshTests {
    private let system: LocalSystem

    init() throws {
      system = try #require(LocalSystem.current)
    }

    private var reporting: String { "\(system.state)/tls/services/reporting" }
    private var authorities: String { "\(system.state)/tls/ca.pem" }

    /// Runs `body` with a client as the process has it whose certificate and key are `identity` with their suffixes.
    private func withMesh<Result: Sendable>(
      as identity: String,
      authorities: String? = nil,
      port: Int? = nil,
      _ body: (GRPCClient<HTTP2ClientTransport>) async throws -> Result
    ) async throws -> Result {
      var settings = Settings()
      settings.set(GRPCSettings.certificate, to: "\(identity).pem")
      settings.set(GRPCSettings.key, to: "\(identity).key")
      settings.set(GRPCSettings.authorities, to: authorities ?? self.authorities)
      settings.set(MeshSettings.target, to: "127.0.0.1:\(port ?? system.firstPort + 1)")
      let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      let mesh = try MeshClient(ProcessRuntime(name: "vigil-test", settings: settings, logger: quiet))
      return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await mesh.run() }
        defer { group.cancelAll() }
        return try await body(mesh.rpc.client)
      }
    }

    private var access: String { "\(system.state)/tls/services/access" }

    /// Asks for what access control alone may ask for.
    private func countFacts(_ client: GRPCClient<HTTP2ClientTransport>) async throws -> Int {
      let request = PBBatchGetCaseFactsRequest.with { $0.names = ["cases/018f0000-0000-7000-8000-000000000000"] }
      return try await PBCaseFactsService.Client(wrapping: client).batchGetCaseFacts(request).cases.count
    }

    /// Expects that no connection comes about.
    private func expectRefusal(as identity: String, authorities: String? = nil, port: Int? = nil) async throws {
      let error = await #expect(throws: RPCError.self) {
        try await withMesh(as: identity, authorities: authorities, port: port, countFacts)
      }
      #expect(error?.code == .unavailable, "\(String(describing: error))")
    }

    @Test("a service reads of another through the gateway")
    func call() async throws {
      #expect(try await withMesh(as: access, countFacts) == 0)
    }

    @Test("a service may do no more than its identity may")
    func notPermitted() async throws {
      let other = await #expect(throws: RPCError.self) { try await withMesh(as: reporting, countFacts) }
      #expect(other?.code == .permissionDenied, "\(String(describing: other))")
      let error = await #expect(throws: RPCError.self) {
        try await withMesh(as: reporting) { client in
          try await PBImportService.Client(wrapping: client).importUNFatalities { writer in
            try await writer.write(.with { $0.config = .init() })
          }
        }
      }
      #expect(error?.code == .permissionDenied, "\(String(describing: error))")
    }

    @Test("who is no service is refused at the mesh listener")
    func outsider() async throws {
      try await expectRefusal(as: "\(system.state)/tls/clients/operator")
    }

    @Test("a service of another authority is refused, and refuses")
    func stranger() async throws {
      let folder = try TemporaryFolder("tls")
      let made = try await CommandRun.run("\(LocalSystem.root)/deploy/tls/certificates", [folder.path])
      #expect(made.status == 0, "\(made.text)")
      let stranger = folder.file("services/reporting")
      // Its own authority does not vouch for the gateway; the system's does not vouch for it.
      try await expectRefusal(as: stranger, authorities: folder.file("ca.pem"))
      try await expectRefusal(as: stranger, authorities: authorities)
    }

    @Test("a service takes nothing but the gateway for the gateway")
    func impostor() async throws {
      // The listener of another service, which has a good certificate of its own.
      try await expectRefusal(as: reporting, port: system.firstPort + 10)
    }
  }
}
