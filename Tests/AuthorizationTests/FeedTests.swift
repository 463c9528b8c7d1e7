import Foundation
import GRPCCore
import GRPCProtobuf
import GRPCTransport
import Logging
import NIOCore
import Policy
import ServiceRuntime
import Synchronization
import Telemetry
import TestSupport
import Testing
import VigilAccessAPI

@testable import Authorization

/// The stream of the policy when access control is not as it should be. (The real one: AccessControlIntegrationTests.)
@Suite(.timeLimit(.minutes(1))) struct FeedTests {
  private let folder: TemporaryFolder
  private let signer = Signer()
  private let time = TestClock()
  private let metrics = PrometheusRegistry()
  private let readiness = Readiness()
  private let log = Logger(label: "test.feed") { _ in SwiftLogNoOpLogHandler() }

  init() throws { folder = try TemporaryFolder("feed") }

  private var cache: PolicyCache { PolicyCache(path: folder.file("policy.cache")) }

  /// Follows an access control that sends what is given, for each watch in turn, until `isEnough`.
  private func follow(
    _ watches: [[PBWatchPolicyResponse]], until isEnough: (PolicySnapshot) -> Bool
  ) async throws {
    let server = HTTP2ServerTransport(address: .hostname("127.0.0.1", port: 0), security: .plaintext, logger: log)
    let authorizer = Authorizer(clock: time.clock)
    let keys = try signer.keys(in: folder)
    let check = readiness.declare("policy")
    try await withGRPCServer(transport: server, services: [ScriptedAccess(watches)]) { _ in
      let port = try await server.listeningAddress.port ?? 0
      let client = HTTP2ClientTransport(target: .host("127.0.0.1", port: port), logger: log)
      try await withGRPCClient(transport: client) { client in
        let feed = PolicyFeed(
          access: PBPolicyService.Client(wrapping: client), keys: keys, authorizer: authorizer, cache: cache,
          check: check, metrics: PolicyMetrics(metrics, of: authorizer), logger: log)
        await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await feed.run() }
          defer { group.cancelAll() }
          for await _ in authorizer.changes() {
            if let last = authorizer.last, isEnough(last) { return }
          }
        }
      }
    }
  }

  @Test func aStreamThatEndsIsTakenUpAgain() async throws {
    let messages = try (1...3).map { try signer.message(Register.snapshot($0)) }
    try await follow([[messages[0]], [], [messages[1]], [messages[2]]]) { $0.sequence == 3 && readiness.isReady }
    #expect(cache.read() == messages[2])
    let text = metrics.exposition()
    // Four, and any that came of the end of the last before this test had seen what it gave.
    #expect(text.contains(/policy_watches_total ([4-9]|\d\d)/) && text.contains("policy_sequence 3"))
  }

  @Test func whatIsForgedIsCountedAndTheStreamGoesOn() async throws {
    var forged = try signer.message(Register.snapshot(2))
    forged.signature[0] ^= 1
    let stranger = try Signer().message(Register.snapshot(3))
    let genuine = try signer.message(Register.snapshot(4))
    try await follow([[forged, stranger, genuine]]) { snapshot in
      #expect(snapshot.sequence == 4)
      return true
    }
    let text = metrics.exposition()
    #expect(text.contains("policy_refused_total{reason=\"bad_signature\"} 1"))
    #expect(text.contains("policy_refused_total{reason=\"unknown_key\"} 1"))
    #expect(cache.read() == genuine)
  }

  /// What is in the file counts as what came last: a replay of something older does not bring back a right.
  @Test func theFileKeepsAReplayOutAfterARestart() async throws {
    let old = try signer.message(Register.snapshot(4))
    try cache.write(try signer.message(Register.snapshot(5) { $0.principals = [] }))
    let next = try signer.message(Register.snapshot(6) { $0.principals = [] })
    try await follow([[old, next]]) { snapshot in
      #expect(snapshot.principals.isEmpty)
      return snapshot.sequence == 6
    }
    #expect(metrics.exposition().contains("policy_refused_total{reason=\"outdated\"} 1"))
  }

  @Test func aForgedFileIsNoPolicy() async throws {
    var forged = try signer.message(Register.snapshot(9))
    forged.snapshot.append(UInt8(ascii: "\n"))
    try cache.write(forged)
    try await follow([[try signer.message(Register.snapshot(1))]]) { $0.sequence == 1 }
  }

  /// More than gRPC's usual limit of a message.
  @Test func aGreatRosterPasses() async throws {
    let text = try Register.snapshot().canonicalText + "#" + String(repeating: "x", count: 5 << 20) + "\n"
    try await follow([[try signer.message(Array(text.utf8))]]) { $0.sequence == 1 }
  }
}

/// Access control as it may be: gives each watch what the script says, then breaks off.
private final class ScriptedAccess: RegistrableRPCService {
  private let watches: Mutex<[[PBWatchPolicyResponse]]>

  init(_ watches: [[PBWatchPolicyResponse]]) { self.watches = Mutex(watches) }

  private func next() -> [PBWatchPolicyResponse] { watches.withLock { $0.isEmpty ? [] : $0.removeFirst() } }

  func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
    router.registerHandler(
      forMethod: PBPolicyService.Method.WatchPolicy.descriptor,
      deserializer: ProtobufDeserializer<PBWatchPolicyRequest>(),
      serializer: ProtobufSerializer<PBWatchPolicyResponse>()
    ) { _, _ in
      let messages = self.next()
      return StreamingServerResponse { writer in
        for message in messages { try await writer.write(message) }
        throw RPCError(code: .unavailable, message: "broken off")
      }
    }
  }
}
