import Foundation
import GRPCCore
import GRPCTransport
import Logging
import SwiftProtobuf
import TLS
import TestSupport
import Testing
import VigilCasesAPI

extension EndToEnd {
  /// Calls of many kinds, most of them bad, leave the processes that they went through as they were.
  @Suite("Nothing leaks", .timeLimit(.minutes(5)))
  struct LeakTests {
    private let system: LocalSystem
    private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Calls of one client, and how many clients there are in a round, all at a time.
    private static let calls = 100
    private static let clients = 10
    /// After the first, which fills caches and pools. More than these calls together can leave behind by chance, and
    /// less than they would at a kilobyte each.
    private static let rounds = 4
    private static let tolerance = 6 << 20

    init() throws {
      system = try #require(LocalSystem.current)
    }

    /// One kind of call and the status that it must get.
    private struct Kind: Sendable {
      var status: RPCError.Code?
      var call: @Sendable (GRPCClient<HTTP2ClientTransport>) async throws -> Void
    }

    private static func get(_ name: String) -> @Sendable (GRPCClient<HTTP2ClientTransport>) async throws -> Void {
      { _ = try await PBCaseService.Client(wrapping: $0).getCase(.with { $0.name = name }) }
    }

    private static func list(
      _ build: @escaping @Sendable (inout PBListCasesRequest) -> Void
    ) -> @Sendable (GRPCClient<HTTP2ClientTransport>) async throws -> Void {
      { _ = try await PBCaseService.Client(wrapping: $0).listCases(.with(build)) }
    }

    /// Calls a method with bytes that are no message of it.
    private static func raw(
      _ service: String,
      _ method: String
    ) -> @Sendable (GRPCClient<HTTP2ClientTransport>) async throws -> Void {
      { client in
        try await client.unary(
          request: ClientRequest(message: [UInt8](repeating: 0xFF, count: 1_000)),
          descriptor: MethodDescriptor(fullyQualifiedService: service, method: method),
          serializer: Bytes(), deserializer: Bytes(), options: .defaults
        ) { _ = try $0.message }
      }
    }

    private static func kinds(known: String) -> [Kind] {
      [
        Kind(status: nil, call: get(known)),
        Kind(status: nil, call: list { $0.pageSize = 2 }),
        Kind(status: .notFound, call: get("cases/018f0000-0000-7000-8000-000000000000")),
        Kind(status: .invalidArgument, call: get("no/such/name")),
        Kind(status: .invalidArgument, call: list { $0.filter = "colour = red" }),
        Kind(status: .invalidArgument, call: list { $0.pageToken = "tampered" }),
        Kind(status: .unimplemented, call: raw("vigil.cases.v1.CaseService", "NoSuchMethod")),
        Kind(status: .unimplemented, call: raw("no.such.Service", "Method")),
        Kind(status: .invalidArgument, call: raw("vigil.cases.v1.CaseService", "GetCase")),
        Kind(
          status: .deadlineExceeded,
          call: { client in
            var options = CallOptions.defaults
            options.timeout = .microseconds(1)
            _ = try await PBCaseService.Client(wrapping: client).getCase(.with { $0.name = known }, options: options)
          }),
        Kind(
          status: .invalidArgument,
          call: { client in
            _ = try await PBImportService.Client(wrapping: client).importUNFatalities { writer in
              for _ in 0..<3 { try await writer.write(.with { $0.chunk = .init(repeating: 1, count: 10_000) }) }
            }
          }),
      ]
    }

    /// A client that connects, makes its calls one after the other, and goes.
    private func runClient(_ kinds: [Kind], tls: TLSContextProvider) async throws {
      let transport = HTTP2ClientTransport(
        target: try ClientTarget(parsing: system.address), tls: tls, logger: quiet)
      try await withGRPCClient(transport: transport) { client in
        for number in 0..<Self.calls {
          let kind = kinds[number % kinds.count]
          do {
            try await kind.call(client)
            #expect(kind.status == nil)
          } catch let error as RPCError {
            #expect(error.code == kind.status, "kind \(number % kinds.count): \(error)")
          }
        }
      }
    }

    private func runRound(_ kinds: [Kind]) async throws {
      let identity = "\(system.state)/tls/clients/case-officer"
      let tls = try TLSContextProvider(
        client: TLSClientConfiguration(
          files: TLSFiles(
            certificateChain: "\(identity).pem", privateKey: "\(identity).key",
            authorities: "\(system.state)/tls/ca.pem")),
        logger: quiet)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<Self.clients { group.addTask { try await runClient(kinds, tls: tls) } }
        try await group.waitForAll()
      }
    }

    @Test("memory and descriptors are after many calls what they were after some")
    func nothingLeft() async throws {
      let list = try await system.vigil("cases", "list", "--page-size", "1", "--format", "csv")
      let known = try #require(list.output.firstMatch(of: /cases\/[0-9a-f-]{36}/)).output
      let kinds = Self.kinds(known: String(known))
      let processes = try ["gateway", "cases"].map { try #require(system.processID(of: $0)) }
      try await runRound(kinds)
      let before = try processes.map(ProcessFigures.init)
      for _ in 0..<Self.rounds { try await runRound(kinds) }
      for (process, before) in zip(processes, before) {
        let after = try ProcessFigures(of: process)
        #expect(after.memory - before.memory < Self.tolerance, "\(before) → \(after)")
        // Connections are closed soon after their clients have gone; pools may have grown since, by less than that.
        for _ in 1...1_000 where try ProcessFigures(of: process).descriptors >= before.descriptors + Self.clients {
          try await Task.sleep(for: .milliseconds(10))
        }
        #expect(try ProcessFigures(of: process).descriptors < before.descriptors + Self.clients)
      }
    }
  }

  private struct Bytes: MessageSerializer, MessageDeserializer {
    func serialize<Target: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Target { Target(message) }
    func deserialize<Source: GRPCContiguousBytes>(_ bytes: Source) throws -> [UInt8] { [] }
  }
}
