import Foundation
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer
@testable import CommandLineClient

@Suite("Certificates over PostgreSQL")
struct CertificateServiceTests {
  private static let unknown = "certificates/c0ffee"

  @Test func itTakesTwoToIssueTheFirst() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (kenya, uri) = try await harness.state("KEN")
      let key = try NewKey(for: uri)
      for other in [uri, AccessHarness.officerURI] {
        let refused = try await failure { try await harness.requestCertificate(of: kenya.name, with: key, as: other) }
        #expect(refused?.code == .permissionDenied, "\(other)")
      }
      let rehearsed = try await harness.requestCertificate(of: kenya.name, with: key) { $0.validateOnly = true }
      #expect(rehearsed.name.isEmpty && rehearsed.keyDigest == key.digest)
      #expect(try await harness.count("certificates") == 0)
      let asked = try await harness.requestCertificate(of: kenya.name, with: key)
      #expect(asked.state == .requested && asked.pemChain.isEmpty && !asked.hasEndTime)
      // Nobody alone: not the operator who asked, not the holder.
      for other in [AccessHarness.operatorURI, uri] {
        let refused = try await failure { try await harness.issue(asked, digest: key.digest, as: other) }
        #expect(refused?.code == .permissionDenied, "\(other)")
      }
      // The key is compared with what the holder tells.
      let another = try NewKey(for: uri)
      let mistaken = try await failure { try await harness.issue(asked, digest: another.digest) }
      #expect(mistaken?.code == .failedPrecondition && mistaken?.reason == "KEY_MISMATCH")
      #expect(try await failure { try await harness.issue(asked, digest: key.digest, etag: "\"9\"") }?.code == .aborted)
      let issued = try await harness.issue(asked, digest: key.digest, etag: asked.etag)
      #expect(issued.state == .issued && issued.pemChain.hasPrefix("-----BEGIN CERTIFICATE-----"))
      #expect(issued.endTime.seconds == harness.time.now.seconds + 3600 && issued.issuer != issued.requester)
      #expect(try await failure { try await harness.issue(asked, digest: key.digest) }?.reason == "RESOURCE_ENDED")
      #expect(try await harness.isLetIn(uri, with: issued))
    }
  }

  /// Also a case officer's own needs another case officer.
  @Test func nobodyIssuesItsOwn() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let officer = try #require(
        try await harness.principals(as: AccessHarness.officerURI, filter: "reader = HQ").first)
      let key = try NewKey(for: nil)
      let asked = try await harness.requestCertificate(of: officer, with: key)
      let own = try await failure { try await harness.issue(asked, digest: key.digest) }
      #expect(own?.code == .permissionDenied)
      let (_, other) = try await harness.reader(.hq, "second", of: "DPPA")
      #expect(try await harness.issue(asked, digest: key.digest, as: other).state == .issued)
    }
  }

  @Test func whatIsAskedForIsLookedAt() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (kenya, uri) = try await harness.state("KEN")
      let foreign = try NewKey(for: AccessHarness.operatorURI)
      let escalated = try await failure { try await harness.requestCertificate(of: kenya.name, with: foreign) }
      #expect(escalated?.code == .invalidArgument)
      let broken = try await failure {
        try await harness.requestCertificate(of: kenya.name, with: foreign) { $0.signingRequest = "x" }
      }
      #expect(broken?.code == .invalidArgument)
      let nobody = try await failure {
        try await harness.requestCertificate(of: "principals/0190b5a2-7c3e-7abc-8def-0123456789ab", with: foreign)
      }
      #expect(nobody?.code == .notFound)
      let organisation = try await harness.organisation("OLA", .secretariat)
      let person = try await harness.principal("x", of: organisation) {
        $0.principal.certificateUri = ""
        $0.principal.tokenSubject = "x"
      }
      let key = try NewKey(for: nil)
      let ofPerson = try await failure { try await harness.requestCertificate(of: person.name, with: key) }
      #expect(ofPerson?.code == .invalidArgument)
      // Who is stopped while it waits gets none.
      let own = try NewKey(for: uri)
      let asked = try await harness.requestCertificate(of: kenya.name, with: own)
      _ = try await harness.disable(kenya.name)
      #expect(try await failure { try await harness.issue(asked, digest: own.digest) }?.reason == "RESOURCE_ENDED")
    }
  }

  @Test func aHolderRenewsItsOwnAndBothHold() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (kenya, uri) = try await harness.state("KEN")
      let first = try await harness.certificate(of: kenya.name)
      let second = try await harness.renew(first.name, as: uri)
      #expect(second.state == .issued && second.predecessor == first.name && second.issuer.isEmpty)
      #expect(second.requester == kenya.name && second.principal == kenya.name && second.name != first.name)
      for certificate in [first, second] { #expect(try await harness.isLetIn(uri, with: certificate)) }
      // By a certificate only, and for nobody else.
      let withoutOne = try await failure {
        try await harness.certificates.renewCertificate(
          .with {
            $0.signingRequest = try NewKey(for: nil).signingRequest
            $0.reason = "test"
            $0.requestID = freshRequestID()
          }, metadata: caller(uri))
      }
      #expect(withoutOne?.code == .permissionDenied)
      let other = try NewKey(for: AccessHarness.officerURI)
      #expect(try await failure { try await harness.renew(first.name, as: uri, with: other) }?.code == .invalidArgument)
    }
  }

  @Test func aRevocationEndsTheWholeLineAtOnce() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (kenya, uri) = try await harness.state("KEN")
      let first = try await harness.certificate(of: kenya.name)
      let second = try await harness.renew(first.name, as: uri)
      let third = try await harness.renew(second.name, as: uri)
      let apart = try await harness.certificate(of: kenya.name)
      let rehearsed = try await harness.revoke(certificate: second.name) { $0.validateOnly = true }
      #expect(rehearsed.state == .revoked)
      #expect(try await harness.isLetIn(uri, with: second))
      #expect(
        try await failure { try await harness.revoke(certificate: second.name) { $0.etag = "\"9\"" } }?.code == .aborted
      )
      let revoked = try await harness.revoke(certificate: second.name) { $0.etag = second.etag }
      #expect(revoked.state == .revoked && revoked.revokeTime == harness.time.now)
      // Whoever had the key may have renewed it: what came of it ends too, what it came of does not.
      for (certificate, isGood) in [(first, true), (second, false), (third, false), (apart, true)] {
        #expect(try await harness.isLetIn(uri, with: certificate) == isGood, "\(certificate.name)")
      }
      let serials = Set([second, third].map { String($0.name.dropFirst(13)) })
      try await harness.untilPolicy { Set($0.revokedCertificates.map(\.serial)) == serials }
      // Nothing comes of it any more.
      #expect(try await failure { try await harness.renew(third.name, as: uri) }?.code == .permissionDenied)
      #expect(try await failure { try await harness.revoke(certificate: third.name) }?.reason == "RESOURCE_ENDED")
      // When it would have ended anyway, it is told no longer with what changes next.
      harness.time.advance(3600)
      _ = try await harness.certificate(of: kenya.name)
      try await harness.untilPolicy { $0.revokedCertificates.isEmpty }
    }
  }

  /// Whatever comes first, nothing that was renewed by a revoked certificate holds.
  @Test func nothingSlipsThroughWhileItIsRevoked() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (kenya, uri) = try await harness.state("KEN")
      for _ in 0..<5 {
        let first = try await harness.certificate(of: kenya.name)
        let ends = try await Self.race(harness, first.name, uri)
        #expect(ends.contains(nil))
        let line = try await harness.certificateList(as: AccessHarness.officerURI).filter {
          $0.name == first.name || $0.predecessor == first.name
        }
        #expect(line.allSatisfy { $0.state == .revoked })
      }
    }
  }

  /// Four renewals and a revocation of one certificate at once.
  private static func race(_ harness: AccessHarness, _ name: String, _ uri: String) async throws -> [Failure?] {
    try await withThrowingTaskGroup(of: Failure?.self) { group in
      for _ in 0..<4 { group.addTask { try await failure { try await harness.renew(name, as: uri) } } }
      group.addTask { try await failure { try await harness.revoke(certificate: name) } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  @Test func whatWasMadeElsewhereIsRevokedByItsNumber() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (_, uri) = try await harness.state("KEN")
      let made = PBCertificate.with { $0.name = Self.unknown }
      #expect(try await harness.isLetIn(uri, with: made))
      let renewed = try await harness.renew(made.name, as: uri)
      #expect(try await failure { try await harness.revoke(certificate: Self.unknown) }?.code == .notFound)
      let own = try await failure {
        try await harness.revoke(certificate: Self.unknown, as: uri) { $0.allowMissing = true }
      }
      #expect(own?.code == .notFound)
      let revoked = try await harness.revoke(certificate: Self.unknown) { $0.allowMissing = true }
      #expect(revoked.principal.isEmpty && revoked.state == .revoked && !revoked.hasEndTime)
      for certificate in [made, renewed] { #expect(try await !harness.isLetIn(uri, with: certificate)) }
      try await harness.untilPolicy { $0.isRevoked(certificate: "c0ffee") }
    }
  }

  @Test func whoSeesAndRevokes() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (kenya, uri) = try await harness.state("KEN")
      let (_, egypt) = try await harness.state("EGY")
      let certificate = try await harness.certificate(of: kenya.name)
      for other in [AccessHarness.operatorURI, AccessHarness.officerURI, uri] {
        #expect(try await harness.certificateList(as: other) == [certificate], "\(other)")
        #expect(try await harness.certificateList(as: other, filter: "active = true AND state = ISSUED").count == 1)
        #expect(try await harness.certificateList(as: other, filter: "principal = '\(kenya.name)'").count == 1)
      }
      #expect(try await harness.certificateList(as: egypt) == [])
      let hidden = try await failure {
        try await harness.certificates.getCertificate(.with { $0.name = certificate.name }, metadata: caller(egypt))
      }
      let missing = try await failure {
        try await harness.certificates.getCertificate(.with { $0.name = Self.unknown }, metadata: caller(egypt))
      }
      #expect(hidden?.code == .notFound && hidden == missing)
      #expect(try await failure { try await harness.revoke(certificate: certificate.name, as: egypt) } == hidden)
      // A colleague sees it and does not end it; its holder does.
      let organisations = try await harness.directory.listOrganisations(
        .with { $0.filter = "party = KEN" }, metadata: caller(AccessHarness.officerURI)
      ).organisations
      _ = try await harness.principal("colleague", of: try #require(organisations.first))
      let colleague = try await failure {
        try await harness.revoke(certificate: certificate.name, as: AccessHarness.uri("colleague"))
      }
      #expect(colleague?.code == .permissionDenied)
      #expect(try await harness.revoke(certificate: certificate.name, as: uri).state == .revoked)
    }
  }

  /// Not whoever else has a part in it.
  @Test func whoIssuesIsACaseOfficerAndAnother() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (kenya, uri) = try await harness.state("KEN")
      let key = try NewKey(for: uri)
      let asked = try await harness.requestCertificate(of: kenya.name, with: key)
      func expectRefused(_ certificate: PBCertificate, _ key: NewKey, as uri: String) async throws {
        let refused = try await failure { try await harness.issue(certificate, digest: key.digest, as: uri) }
        #expect(refused?.code == .permissionDenied, "\(uri)")
      }
      let organisations = try await harness.directory.listOrganisations(
        .init(), metadata: caller(AccessHarness.officerURI)
      ).organisations
      func organisation(_ party: String) throws -> PBOrganisation {
        try #require(organisations.first { $0.party == party })
      }
      // Another operator, and a colleague of the holder.
      let second = try await harness.principal("second", of: try organisation("OPERATOR"))
      try await harness.role(.adm, to: second.name, as: AccessHarness.operatorURI)
      _ = try await harness.principal("colleague", of: try organisation("KEN"))
      for other in ["second", "colleague"] { try await expectRefused(asked, key, as: AccessHarness.uri(other)) }
      // A case officer's own.
      let officer = try await harness.identity.getIdentity(.init(), metadata: caller(AccessHarness.officerURI))
      let own = try NewKey(for: AccessHarness.officerURI)
      let askedForOfficer = try await harness.requestCertificate(of: officer.principal, with: own)
      try await expectRefused(askedForOfficer, own, as: AccessHarness.officerURI)
      #expect(try await harness.issue(asked, digest: key.digest).state == .issued)
    }
  }

  @Test func withoutAnAuthorityNothingIsIssued() async throws {
    try await AccessHarness.run { harness in
      let (kenya, uri) = try await harness.state("KEN")
      let key = try NewKey(for: uri)
      let asked = try await harness.requestCertificate(of: kenya.name, with: key)
      for refused in [
        try await failure { try await harness.issue(asked, digest: key.digest) },
        try await failure { try await harness.renew(Self.unknown, as: uri) },
      ] {
        #expect(refused?.code == .failedPrecondition && refused?.reason == "NO_CERTIFICATE_AUTHORITY")
      }
    }
  }

  @Test func theDatabaseHoldsTheRulesToo() async throws {
    try await AccessHarness.runWithAuthority { harness in
      let (kenya, _) = try await harness.state("KEN")
      _ = try await harness.certificate(of: kenya.name)
      for sql in [
        "DELETE FROM certificates", "UPDATE certificates SET issuer_id = principal_id",
        "UPDATE certificates SET issuer_id = requester_id", "UPDATE certificates SET issuer_id = NULL",
        "UPDATE certificates SET state = 3",
      ] {
        await #expect(throws: PostgresError.self, "\(sql)") { try await harness.pool.execute(Statement(sql: sql)) }
      }
    }
  }
}
