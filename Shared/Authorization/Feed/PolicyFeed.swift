import AIP
package import GRPCCore
import GRPCTransport
package import Logging
import ServiceLifecycle
package import ServiceRuntime
package import VigilAccessAPI

/// Follows the policy of access control for an ``Authorizer``: holds the stream open, judges what comes, keeps the last in
/// a file, and says whether there is a policy to decide by.
///
/// Run it after the client that it uses and before the server whose methods ask the authorizer.
package struct PolicyFeed<Transport: ClientTransport>: Service {
  /// The longest message that is taken: a roster of a hundred thousand principals.
  private static var messageLimit: Int { 64 << 20 }

  /// How long a service without a policy that it may decide by is still sent calls.
  private static var grace: Duration { .seconds(10) }

  package let authorizer: Authorizer
  private let access: PBPolicyService.Client<Transport>
  private let intake: SnapshotIntake
  private let cache: PolicyCache?
  private let check: Readiness.Check?
  private let metrics: PolicyMetrics?
  private let logger: Logger
  private let patience: Backoff.Configuration

  /// - Parameter access: how access control is reached.
  package init(
    access: PBPolicyService.Client<Transport>, keys: PinnedKeys, authorizer: Authorizer, cache: PolicyCache? = nil,
    check: Readiness.Check? = nil, metrics: PolicyMetrics? = nil, logger: Logger
  ) {
    self.authorizer = authorizer
    self.access = access
    intake = SnapshotIntake(keys: keys, authorizer: authorizer)
    self.cache = cache
    self.check = check
    self.metrics = metrics
    self.logger = logger
    var patience = Backoff.Configuration()
    patience.initial = .milliseconds(100)
    patience.maximum = .seconds(1)
    self.patience = patience
  }

  package func run() async throws {
    restore()
    await cancelWhenGracefulShutdown {
      await withDiscardingTaskGroup { group in
        group.addTask { await self.beat() }
        await self.follow()
        group.cancelAll()
      }
    }
  }

  /// Begins with the policy of the last run. Whether it is fresh enough is judged with each decision.
  private func restore() {
    guard let message = cache?.read() else { return }
    do throws(SnapshotIntake.Refusal) {
      try intake.take(message)
    } catch {
      leaveAside(error, from: "the file")
    }
  }

  /// Watches, and again when a watch has ended: at once after one that brought something, else after a growing pause.
  private func follow() async {
    var backoff = Backoff(patience)
    var random = SystemRandomNumberGenerator()
    while !Task.isCancelled {
      metrics?.countWatch()
      if await watch() { backoff.reset() }
      try? await Task.sleep(for: backoff.next(using: &random))
    }
  }

  /// - Returns: whether anything was taken.
  private func watch() async -> Bool {
    var options = CallOptions.defaults
    options.maxResponseMessageBytes = Self.messageLimit
    do {
      return try await access.watchPolicy(.init(), options: options) { response in
        var hasTaken = false
        do {
          for try await message in response.messages where take(message) { hasTaken = true }
        } catch {
          guard hasTaken else { throw error }
          note(error)
        }
        return hasTaken
      }
    } catch {
      note(error)
      return false
    }
  }

  private func note(_ error: any Error) {
    guard !Task.isCancelled else { return }
    let text = (error as? RPCError).map { "\($0.code): \($0.message)" } ?? "\(error)"
    logger.warning("the policy's stream has ended", metadata: ["error": .string(text)])
  }

  private func take(_ message: PBWatchPolicyResponse) -> Bool {
    do throws(SnapshotIntake.Refusal) {
      try intake.take(message)
    } catch {
      leaveAside(error, from: "the stream")
      return false
    }
    do {
      try cache?.write(message)
    } catch {
      logger.warning("the policy cannot be kept in its file", metadata: ["error": "\(error)"])
    }
    return true
  }

  private func leaveAside(_ refusal: SnapshotIntake.Refusal, from origin: String) {
    metrics?.count(refusal)
    // Another instance may be a little behind.
    logger.log(
      level: refusal == .outdated ? .debug : .error, "a policy was left aside",
      metadata: ["reason": .string(refusal.rawValue), "origin": .string(origin)])
  }

  /// Each second: says whether there is a policy, and lets what runs under a right see that time has passed.
  ///
  /// Who was in touch and no longer is stays ready for a while: its answer says why it decides nothing, and it goes on at
  /// once when it is in touch again. One that stays out of touch makes room for others.
  private func beat() async {
    var inTouch: ContinuousClock.Instant?
    while !Task.isCancelled {
      do throws(ServiceError) {
        _ = try authorizer.current()
        inTouch = .now
        check?.set(.ready)
      } catch {
        let isBrief = inTouch.map { .now - $0 < Self.grace } ?? false
        if !isBrief { check?.set(.notReady(error.message)) }
      }
      authorizer.tell()
      try? await Task.sleep(for: .seconds(1))
    }
  }
}
