import AIP
import Crypto
import CryptoExtras
import FoundationEssentials
import GRPCCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// Makes digests of passwords, which takes long on purpose: on threads of its own, so that no call waits for it that has
/// nothing to do with it, and for no more at a time than will be served soon.
final class PasswordHasher: Service {
  /// For new passwords.
  let cost: PasswordDigest.Cost
  private let threads: Int
  private let limit: Int
  private let pool: NIOThreadPool
  private let waiting = Mutex(0)

  /// - Parameters:
  ///   - threads: how many are made at a time.
  ///   - limit: how many may be waited for, those being made included.
  init(cost: PasswordDigest.Cost, threads: Int, limit: Int) {
    self.cost = cost
    self.threads = threads
    self.limit = limit
    pool = NIOThreadPool(numberOfThreads: threads)
  }

  func run() async throws {
    pool.start()
    try? await gracefulShutdown()
    try await pool.shutdownGracefully()
  }

  /// A new password as it is kept.
  func digest(of password: String) async throws -> PasswordDigest {
    let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    return PasswordDigest(salt: salt, cost: cost, digest: try await digest(of: password, salt: salt, cost))
  }

  /// Whether it is the password.
  func matches(_ password: String, _ kept: PasswordDigest) async throws -> Bool {
    kept.matches(try await digest(of: password, salt: kept.salt, kept.cost))
  }

  /// - Throws: RESOURCE_EXHAUSTED when too many wait, UNAVAILABLE when the process starts or stops.
  private func digest(of password: String, salt: [UInt8], _ cost: PasswordDigest.Cost) async throws -> [UInt8] {
    try begin()
    defer { waiting.withLock { $0 -= 1 } }
    do {
      return try await pool.runIfActive { try Self.derive(password, salt, cost) }
    } catch is CancellationError where !Task.isCancelled {
      // What a pool that is not running does not do, it calls cancelled.
      throw ServiceError(.unavailable, .shuttingDown, "passwords cannot be checked at present")
    }
  }

  private static func derive(
    _ password: String, _ salt: [UInt8], _ cost: PasswordDigest.Cost
  ) throws -> [UInt8] {
    let key = try KDF.Scrypt.deriveKey(
      from: Array(password.utf8), salt: salt, outputByteCount: PasswordDigest.size, rounds: 1 << Int(cost.roundsLog2),
      blockSize: Int(cost.blockSize), parallelism: Int(cost.parallelism))
    // The key itself stays where it was made.
    return Array(HMAC<SHA256>.authenticationCode(for: salt, using: key))
  }

  private func begin() throws(ServiceError) {
    let mayWait = waiting.withLock { waiting in
      guard waiting < limit else { return false }
      waiting += 1
      return true
    }
    guard mayWait else {
      throw ServiceError(.resourceExhausted, .rateLimited, "too many sign in at once; try again in a moment")
    }
  }
}
