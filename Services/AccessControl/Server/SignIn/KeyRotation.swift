import Crypto
import Logging
import Policy
import PolicyPostgres
import Postgres
import Records
import Sealing
import ServiceLifecycle

/// Sees to it that there is a key to sign tokens with, and another in time (``KeyRing``). Run once, beside the server; of
/// several instances whichever is first does what is to be done.
struct KeyRotation: Service {
  static let interval = Duration.seconds(60)

  let pool: PostgresPool
  let vault: Vault
  let clock: WallClock
  let lifetimes: Lifetimes
  let logger: Logger

  func run() async throws {
    await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        let delay = await step() ? Self.interval : .seconds(1)
        try? await Task.sleep(for: delay)
      }
    }
  }

  /// Does what is to be done now. A failure is logged, and tried again.
  ///
  /// - Returns: whether it was done.
  @discardableResult
  func step() async -> Bool {
    do {
      try await turn()
      return true
    } catch is CancellationError {
      return false
    } catch {
      logger.warning("the keys of tokens cannot be looked after", metadata: ["error": "\(error)"])
      return false
    }
  }

  private func turn() async throws {
    let now = PolicyTime(clock.now())
    let seen = KeyRing(keys: try await pool.execute(SelectKeyRing(time: now)))
    guard seen.step(at: now, lifetimes) != KeyRing.Step() else { return }
    try await pool.withTransaction { transaction in
      _ = try await transaction.execute(LockKeyRing())
      let ring = KeyRing(keys: try await transaction.execute(SelectKeyRing(time: now)))
      try await carryOut(ring.step(at: now, lifetimes), at: now, in: transaction)
    }
  }

  private func carryOut(_ step: KeyRing.Step, at now: PolicyTime, in transaction: PostgresTransaction) async throws {
    for id in step.forgets { _ = try await transaction.execute(ForgetTokenKey(id: id)) }
    for (id, time) in step.ends { _ = try await transaction.execute(EndTokenKey(id: id, time: time)) }
    guard let start = step.newKeyStart, let made = Self.make() else { return }
    let sealed = try vault.seal(made.seed, .tokenKey(made.key.id))
    let insert = InsertTokenKey(key: made.key, sealed: sealed, createTime: now, startTime: start)
    _ = try await transaction.execute(insert)
    logger.notice("a new key will sign tokens", metadata: ["key": "\(made.key.id)"])
  }

  /// A key, named by the first 8 bytes of the SHA-256 of its public half.
  static func make() -> (key: TokenKey, seed: [UInt8])? {
    let signing = Curve25519.Signing.PrivateKey()
    let publicKey = Array(signing.publicKey.rawRepresentation)
    let id = SHA256.hash(data: publicKey).prefix(8).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    return TokenKey(id: id, publicKey: publicKey).map { ($0, Array(signing.rawRepresentation)) }
  }
}
