import AIP
import GRPCCore
import Policy
import Synchronization
import Testing

@testable import Authorization

/// What runs for long ends with the right to it.
@Suite(.timeLimit(.minutes(1))) struct StreamTests {
  private let time = TestClock()

  /// A stream that never ends by itself, and what it came to.
  private func stream(_ authorizer: Authorizer, _ hasBegun: AsyncStream<Void>.Continuation) async throws {
    try await asCaller(Register.kenya) {
      try await authorizer.whileAllowed { requester in
        try requester.require([.hostState])
      } _: { _ in
        hasBegun.yield()
        try await Task.sleep(for: .seconds(3600))
      }
    }
  }

  /// The error that a running stream ends with when `change` is made.
  private func end(of authorizer: Authorizer, _ change: @Sendable () throws -> Void) async throws -> ServiceError? {
    let (begun, hasBegun) = AsyncStream.makeStream(of: Void.self)
    return try await withThrowingTaskGroup(of: ServiceError?.self) { group in
      group.addTask { try await refusal { try await stream(authorizer, hasBegun) } }
      for await _ in begun { break }
      try change()
      return try await group.next() ?? nil
    }
  }

  @Test func aStreamEndsWhenTheRightIsGone() async throws {
    let authorizer = Authorizer(try Register.snapshot(), clock: time.clock)
    let stopped = try await end(of: authorizer) {
      // What changes nothing for the caller ends nothing.
      authorizer.take(try Register.snapshot(2))
      authorizer.take(try Register.snapshot(3) { $0.principals.removeFirst() })
    }
    #expect(stopped == .refused)
    let another = Authorizer(try Register.snapshot(), clock: time.clock)
    let withoutRole = try await end(of: another) {
      another.take(try Register.snapshot(2) { $0.principals[0].subject.roles = [] })
    }
    #expect(withoutRole == .refused)
  }

  @Test func aStreamEndsWhenThePolicyIsNoLongerFollowed() async throws {
    let authorizer = Authorizer(try Register.snapshot(), clock: time.clock)
    let stale = try await end(of: authorizer) {
      time.advance(30)
      authorizer.tell()
    }
    #expect(stale?.reason == .policyUnavailable)
  }

  @Test func nothingBeginsWithoutTheRight() async throws {
    let authorizer = Authorizer(try Register.snapshot(), clock: time.clock)
    let hasRun = Atomic(false)
    let refused = try await refusal {
      try await asCaller(Register.kenya) {
        try await authorizer.whileAllowed { _ in
          throw ServiceError.notFound(type: "", name: "")
        } _: { _ in
          hasRun.store(true, ordering: .relaxed)
        }
      }
    }
    #expect(refused?.code == .notFound && !hasRun.load(ordering: .relaxed))
  }

  @Test func whatEndsByItselfGivesItsResult() async throws {
    let authorizer = Authorizer(try Register.snapshot(), clock: time.clock)
    let party = try await asCaller(Register.kenya) {
      try await authorizer.whileAllowed { _ in
      } _: { requester in
        requester.party
      }
    }
    #expect(party == PartyID("KEN"))
  }
}
