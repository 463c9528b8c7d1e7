import AIP
import Crypto
import Foundation
import GRPCCore
import ServiceLifecycle
import Testing

@testable import AccessControlServer

@Suite("Digests of passwords", .timeLimit(.minutes(1)))
struct PasswordHasherTests {
  private func withHasher(
    _ cost: PasswordDigest.Cost = PasswordDigest.Cost(roundsLog2: 4), limit: Int = 4,
    _ body: (PasswordHasher) async throws -> Void
  ) async throws {
    let hasher = PasswordHasher(cost: cost, threads: 1, limit: limit)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await hasher.run() }
      defer { group.cancelAll() }
      try await body(hasher)
    }
  }

  /// The threads start beside the test.
  private func digest(_ password: String, _ hasher: PasswordHasher) async throws -> PasswordDigest {
    while true {
      do {
        return try await hasher.digest(of: password)
      } catch is ServiceError {
        await Task.yield()
      }
    }
  }

  // RFC 7914, section 12, the first half of the third vector.
  @Test("are those of RFC 7914")
  func vector() async throws {
    let key: [UInt8] = [
      0x70, 0x23, 0xbd, 0xcb, 0x3a, 0xfd, 0x73, 0x48, 0x46, 0x1c, 0x06, 0xcd, 0x81, 0xfd, 0x38, 0xeb, 0xfd, 0xa8, 0xfb,
      0xba, 0x90, 0x4f, 0x8e, 0x3e, 0xa9, 0xb5, 0x43, 0xf6, 0x54, 0x5d, 0xa1, 0xf2,
    ]
    let salt = Array("SodiumChloride".utf8)
    let expected = Array(HMAC<SHA256>.authenticationCode(for: salt, using: SymmetricKey(data: key)))
    try await withHasher { hasher in
      _ = try await digest("warm", hasher)
      let kept = PasswordDigest(salt: salt, cost: PasswordDigest.Cost(roundsLog2: 14), digest: expected)
      #expect(try await hasher.matches("pleaseletmein", kept))
      #expect(try await !hasher.matches("pleaseletmeim", kept))
    }
  }

  @Test("of the same password differ, and only it matches")
  func salted() async throws {
    try await withHasher { hasher in
      let (one, two) = (try await digest("a password", hasher), try await hasher.digest(of: "a password"))
      #expect(one.salt != two.salt && one.digest != two.digest)
      #expect(try await hasher.matches("a password", one))
      #expect(try await !hasher.matches("A password", one))
      #expect(try await !hasher.matches("a password", .nobody(hasher.cost)))
    }
  }

  @Test("are made for so many at a time; others are told to come again")
  func bounded() async throws {
    try await withHasher(PasswordDigest.Cost(roundsLog2: 14), limit: 2) { hasher in
      _ = try await digest("warm", hasher)
      let refused = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<8 {
          group.addTask {
            do {
              _ = try await hasher.digest(of: "a password")
              return false
            } catch let error as ServiceError {
              #expect(error.code == .resourceExhausted)
              return true
            }
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect((1...6).contains(refused))
      _ = try await hasher.digest(of: "a password")
    }
  }
}
