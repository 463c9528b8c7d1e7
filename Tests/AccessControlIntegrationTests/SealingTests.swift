import AIP
import Crypto
import Foundation
import GRPCCore
import Logging
import Policy
import Postgres
import Records
import Sealing
import ServiceRuntime
import SwiftProtobuf
import TestSupport
import Testing
import Tokens
import VigilAccessAPI

@testable import AccessControlServer

@Suite("Secrets in the schema")
struct SealingTests {
  @Test("open with the key, in their own place, and not when they were changed")
  func places() throws {
    let vault = Vault(Vault.newKey())
    let (mine, other) = (RecordID(high: 1, low: 1), RecordID(high: 1, low: 2))
    let secret = [UInt8](0..<20)
    let sealed = try vault.seal(secret, .credential(mine))
    #expect(try vault.open(sealed, .credential(mine)) == secret)
    #expect(sealed.count == 20 + Vault.overhead && sealed.starts(with: vault.mark))
    #expect(try vault.seal(secret, .credential(mine)) != sealed, "twice the same does not show")
    for place in [Vault.Place.credential(other), .invitation(mine), .tokenKey("\(mine)"), .serviceKey("x")] {
      #expect(throws: ServiceError.self) { try vault.open(sealed, place) }
    }
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 1
      #expect(throws: ServiceError.self, "\(index)") { try vault.open(changed, .credential(mine)) }
    }
    for short in [[], secret, Array(sealed.dropLast()), Array(sealed.prefix(Vault.overhead))] {
      #expect(throws: ServiceError.self) { try vault.open(short, .credential(mine)) }
    }
    let stranger = Vault(Vault.newKey())
    #expect(throws: ServiceError.self) { try stranger.open(sealed, .credential(mine)) }
  }

  @Test("a new key stands beside the old one until everything is sealed anew")
  func rotation() throws {
    let (old, new) = (Vault.newKey(), Vault.newKey())
    let place = Vault.Place.tokenKey("k")
    let sealed = try Vault(old).seal([1, 2, 3], place)
    let both = Vault(new, older: [old])
    #expect(try both.open(sealed, place) == [1, 2, 3])
    #expect(try Vault(new).open(try both.seal([4], place), place) == [4])
    #expect(throws: ServiceError.self) { try Vault(new).open(sealed, place) }
  }

  /// Invariant 17 of the database: whoever has a copy of it, and not the key, has no secret.
  @Test("are nowhere to be read, and everything works by them")
  func nowhere() async throws {
    try await AccessHarness.run { harness in
      let person = try await harness.person("asha", of: try await harness.organisation("KEN", .state))
      let invited = try await harness.newcomer("omar", of: try await harness.organisation("EGY", .state))
      let code = try await harness.invite(invited.name).code
      let told = try await harness.signIn.beginEnrolment(.with { $0.invitationCode = code }).totpSecret
      let secrets = try [
        person.totp.secret, #require(base32Bytes(told)),
        Array(try #require(try await harness.auditSigningKeys().last).key.rawRepresentation),
      ]
      for secret in secrets {
        let hex = secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        for (table, column) in [
          ("service_keys", "key"), ("token_keys", "seed"), ("credentials", "totp_secret"),
          ("invitations", "totp_secret"),
        ] {
          let found = "\(table) WHERE position('\\x\(hex)'::bytea IN \(column)) > 0"
          #expect(try await harness.count(found) == 0, "\(table)")
        }
      }
      for table in SecretTable.allCases {
        #expect(try await harness.pool.execute(SelectUnsealed(table: table, mark: AccessHarness.vault.mark)).isEmpty)
      }
      let tokens = try await harness.signIn(person)
      try await harness.settle()
      #expect(try await harness.whoami(tokens.accessToken).principal == person.principal.name)
    }
  }

  @Test(
    "that were there before are sealed at the start, and those of another key sealed anew, without a change of them")
  func resealed() async throws {
    try await AccessHarness.run { harness in
      let person = try await harness.person("asha", of: try await harness.organisation("KEN", .state))
      let id = try #require(RecordID(person.principal.name.dropFirst("principals/".count)))
      let hex = person.totp.secret.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      // As it lay before there was a key.
      _ = try await harness.pool.execute(
        Statement(sql: "UPDATE credentials SET totp_secret = '\\x\(hex)' WHERE principal_id = '\(id)'"))
      #expect(try await failure { try await harness.signIn(person) } != nil, "nothing is taken that is not sealed")
      try await Resealing.perform(AccessHarness.vault, harness.pool)
      _ = try await harness.signIn(person)
      let seeds = try await harness.auditSigningKeys().map(\.key.rawRepresentation)
      // The key is changed: the service with the new one first, then without the old one.
      let (old, new) = (AccessHarness.vault, Vault.newKey())
      await #expect(throws: ServiceError.self, "not without the old one") {
        try await Resealing.perform(Vault(new), harness.pool)
      }
      try await Resealing.perform(AccessHarness.vault(before: new), harness.pool)
      let rows = try await harness.pool.execute(SelectAuditKeys())
      #expect(try Vault(new).open(rows).map(\.key.rawRepresentation) == seeds)
      #expect(throws: ServiceError.self) { try old.open(rows) }
    }
  }

  @Test("of another key are counted, sealed anew in lots while the service runs, and not twice")
  func rotated() async throws {
    try await AccessHarness.run { harness in
      let person = try await harness.person("asha", of: try await harness.organisation("KEN", .state))
      // As if there were many.
      let place = try #require(RecordID(person.principal.name.dropFirst("principals/".count)))
      let copies = Resealing.lot + 7
      for _ in 0..<copies { _ = try await harness.invite(person.principal.name) }
      let secret = (0..<TOTP.secretSize).map { _ in "07" }.joined()
      _ = try await harness.pool.execute(
        Statement(sql: "UPDATE invitations SET totp_secret = '\\x\(secret)' WHERE principal_id = '\(place)'"))
      let vault = AccessHarness.nextVault
      let found = try await Resealing.count(vault, harness.pool)
      #expect(found[.invitations] == copies + 1 && found[.credentials] == 1)
      #expect(found[.tokenKeys] == 1 && found[.serviceKeys].map { $0 >= 2 } == true)
      #expect(try await Resealing.perform(vault, harness.pool) == found)
      #expect(try await Resealing.count(vault, harness.pool).values.allSatisfy { $0 == 0 })
      #expect(try await Resealing.perform(vault, harness.pool).values.allSatisfy { $0 == 0 })
      // The service, which knows both keys, has noticed nothing; what it seals meanwhile is for the next time.
      let tokens = try await harness.signIn(person)
      try await harness.settle()
      #expect(try await harness.whoami(tokens.accessToken).principal == person.principal.name)
      let code = try await harness.invite(person.principal.name).code
      _ = try await harness.signIn.beginEnrolment(.with { $0.invitationCode = code })
      #expect(try await Resealing.perform(vault, harness.pool)[.invitations] == 1)
    }
  }

  @Test("the file of keys is one, or the start fails with a line that says why")
  func file() throws {
    let folder = try TemporaryFolder("sealing")
    func vault(_ text: String?) throws -> Vault {
      var settings = Settings()
      let path = try text.map { try folder.write($0, to: "keys") } ?? folder.file("none")
      settings.set(Vault.setting, to: path)
      return try Vault(settings)
    }
    let (first, second) = (String(repeating: "0a", count: 32), String(repeating: "F1", count: 32))
    #expect(try vault("# the first\n\(first)\n\n\(second) # and the old one\n").mark == vault(first).mark)
    for bad in [nil, "", "# nothing", "0a", first + "0", first + " \(second)", String(repeating: "0g", count: 32)] {
      let error = #expect(throws: Vault.FileError.self) { try vault(bad) }
      #expect(error?.description.hasPrefix("sealing.keys: ") == true)
      #expect(error?.description.contains("0a0a0a") == false)
    }
  }
}
