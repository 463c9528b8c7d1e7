import AIP
import Authorization
import Foundation
import GRPCCore
import GRPCTransport
import Identity
import Policy
import SwiftProtobuf
import VigilAccessAPI
import VigilTypeAPI

/// Takes a role away again and again, while several instances follow the policy, each over a connection of its own, and
/// in each of them a stream runs that needs the role.
struct RevocationBenchmark {
  private static let system = "spiffe://vigil.local/client/bench-system"
  private static let officer = "spiffe://vigil.local/client/case-officer"
  private static let `operator` = "spiffe://vigil.local/client/operator"

  private let gateway: GatewayClient
  private let keys: String
  private let watchers: Int
  private let count: Int

  init(_ options: BenchmarkOptions) throws {
    gateway = GatewayClient(
      address: try options.text("address"), directory: try options.text("tls"), service: "access")
    keys = try options.text("keys")
    (watchers, count) = (options.number("watchers", 10), options.number("count", 100))
  }

  func run() async throws {
    let authorizers = (0..<watchers).map { _ in Authorizer() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for authorizer in authorizers { group.addTask { try await follow(authorizer) } }
      let principal = try await enrol()
      var times: [Duration] = []
      for _ in 0..<count { times.append(try await revoke(from: principal, authorizers)) }
      print(Figures(times).line(kind: "revocation", watchers: watchers))
      // What is measured next asks as a State that reads.
      _ = try await gateway.run(as: Self.officer) { client in
        try await Self.give(principal, PBDirectoryService.Client(wrapping: client))
      }
      group.cancelAll()
    }
  }

  private func follow(_ authorizer: Authorizer) async throws {
    try await gateway.run(as: "spiffe://vigil.local/service/cases") { client in
      try await PolicyFeed(
        access: PBPolicyService.Client(wrapping: client), keys: try PinnedKeys(path: keys), authorizer: authorizer,
        logger: GatewayClient.logger
      ).run()
    }
  }

  /// A State's system, without a role.
  private func enrol() async throws -> String {
    try await gateway.run(as: Self.operator) { client in
      let directory = PBDirectoryService.Client(wrapping: client)
      let organisation = try await directory.createOrganisation(
        .with {
          $0.organisation.party = "BENCH"
          $0.organisation.displayName = "Benchmark"
          $0.organisation.kind = .state
          $0.reason = "benchmark"
          $0.requestID = UUID().uuidString.lowercased()
        })
      return try await directory.createPrincipal(
        .with {
          $0.principal.organisation = organisation.name
          $0.principal.displayName = "Benchmark"
          $0.principal.certificateUri = Self.system
          $0.principal.clearance = .confidential
          $0.reason = "benchmark"
          $0.requestID = UUID().uuidString.lowercased()
        }
      ).name
    }
  }

  /// Gives the role, has a stream begin in each instance, and takes it away.
  ///
  /// - Returns: from the call's beginning to the end of the last stream.
  private func revoke(from principal: String, _ authorizers: [Authorizer]) async throws -> Duration {
    try await gateway.run(as: Self.officer) { client in
      let directory = PBDirectoryService.Client(wrapping: client)
      let role = try await Self.give(principal, directory)
      let (begun, hasBegun) = AsyncStream.makeStream(of: Void.self)
      return try await withThrowingTaskGroup(of: ContinuousClock.Instant.self) { group in
        for authorizer in authorizers { group.addTask { try await Self.stream(authorizer, hasBegun) } }
        var waiting = authorizers.count
        for await _ in begun {
          waiting -= 1
          if waiting == 0 { break }
        }
        let start = ContinuousClock.now
        _ = try await directory.endRoleAssignment(
          .with {
            $0.name = role.name
            $0.reason = "benchmark"
            $0.requestID = UUID().uuidString.lowercased()
          })
        var last = start
        for try await end in group { last = max(last, end) }
        return start.duration(to: last)
      }
    }
  }

  private static func give(
    _ principal: String, _ directory: PBDirectoryService.Client<HTTP2ClientTransport>
  ) async throws -> PBRoleAssignment {
    try await directory.createRoleAssignment(
      .with {
        $0.parent = principal
        $0.roleAssignment.reader = .hst
        $0.reason = "benchmark"
        $0.requestID = UUID().uuidString.lowercased()
      })
  }

  /// Runs under the role until it is gone.
  private static func stream(
    _ authorizer: Authorizer, _ hasBegun: AsyncStream<Void>.Continuation
  ) async throws -> ContinuousClock.Instant {
    guard let identity = PeerIdentity(uri: system) else { throw CancellationError() }
    return try await Caller.$current.withValue(Caller(peer: .identified(identity))) {
      while !((try? authorizer.requester().permittedReaders.contains(.hostState)) ?? false) {
        try await Task.sleep(for: .milliseconds(1))
      }
      do {
        try await authorizer.whileAllowed {
          try $0.require([.hostState])
        } _: { _ in
          hasBegun.yield()
          try await Task.sleep(for: .seconds(60))
        }
      } catch let error as ServiceError where error == .refused {
        return ContinuousClock.now
      }
      throw AccessBenchmark.UsageError(description: "a role that was taken away was good for a minute")
    }
  }
}
