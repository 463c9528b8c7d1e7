import Audit
import Crypto
import Foundation
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

@Suite("What is disclosed to a State")
struct DisclosureTests {
  /// A case with something of every class of data, each with words of its own.
  private static func fullCase(_ harness: ProgressHarness) async throws -> String {
    let name = try await harness.triage()
    for (state, person) in [("XAA", "Name One"), ("XDD", "Name Two")] {
      try await harness.victim(
        of: name,
        .with {
          ($0.category, $0.harm, $0.employer) = (.milContingent, .injuredSerious, .contingent)
          ($0.nationalities, $0.contributingState) = ([state], state)
          ($0.person, $0.rank, $0.unit) = (person, "Major", "First battalion")
          $0.ageBand = .youngAdult
          $0.kinNotifiedDate = ProgressHarness.day(2020, 5, 11)
          $0.medicalNote = "Wound of the leg"
        })
    }
    _ = try await harness.transition(name, to: .open)
    _ = try await harness.incident(
      of: name,
      .with {
        ($0.occurred, $0.zone) = ("2020-05-10T14:30~", "Africa/Cairo")
        ($0.territorialState, $0.admin1, $0.place) = ("EGY", "Sinai", "Checkpoint 7")
        ($0.point.latitude, $0.point.longitude) = (30.1234, 33.4567)
        ($0.narrative, $0.narrativeLanguage) = ("A patrol was fired at", "en")
        ($0.acts, $0.source, $0.certainty) = ([.killing], .mission, .probable)
      })
    let suspect = try await harness.suspect(of: name).name
    try await harness.communication(of: name, .outgoing, .notification)
    let proceeding = try await harness.proceeding(of: name).name
    let track = try await harness.track(of: name, proceeding: proceeding, suspect: suspect).name
    try await harness.assert(.notified, of: track, by: .unHq)
    let given = try await harness.submit(about: name).name
    try await harness.consent(to: "EGY", of: given, ["Source not to be named"])
    try await harness.submit(about: name) { ($0.subject, $0.text) = ("Kept back", "Not for the host") }
    return name
  }

  private static let words: [PBDataClass: [String]] = [
    .core: ["Sinai", "UNTSO-2020"], .exact: ["Checkpoint 7", "30.1234", "fired at", "Africa/Cairo"],
    .victimAttributes: ["AGE_BAND_YOUNG_ADULT"], .victimIdentity: ["Name One", "Name Two", "Major", "First battalion"],
    .kinMedical: ["Wound of the leg"], .suspectIdentity: ["Alpha"], .communications: ["About the incident", "NV/12"],
    .hostProgress: ["Public prosecutor", "2020/1", "A/75/1"],
    .submissions: ["Intercepted call", "second line", "Law 12"],
  ]

  /// Of each approval what is asked for: victims are shown with their attributes, places with the incident.
  private static let approvals: [[PBDataClass]] = [
    [.core], [.core, .exact], [.victimAttributes], [.victimAttributes, .victimIdentity],
    [.victimAttributes, .kinMedical], [.suspectIdentity], [.communications], [.hostProgress], [.submissions],
    Array(words.keys),
  ]

  @Test("is what was approved and nothing else that there is", .timeLimit(.minutes(5)))
  func classes() async throws {
    try await ProgressHarness.run { harness in
      let name = try await Self.fullCase(harness)
      for approved in Self.approvals {
        let package = try await harness.disclosed(approved, of: name, conditions: ["Not to be passed on"])
        let document = try await harness.downloadPackage(package.name)
        let text = String(decoding: document, as: UTF8.self)
        for (dataClass, words) in Self.words {
          for word in words { #expect(text.contains(word) == approved.contains(dataClass), "\(word) for \(approved)") }
        }
        for never in ["Kept back", "Not for the host", "OLA/1", "Treaty of 1999", "principals/"] {
          #expect(!text.contains(never), "\(never)")
        }
        // What it is, for whom and on what conditions, in the document as on record.
        let disclosure = try PBDisclosure(jsonString: text)
        let mark = disclosure.watermark
        #expect(mark.recipient == "EGY" && mark.number == package.number && mark.purpose == .prosecution)
        #expect(mark.conditions == package.conditions && mark.createTime == harness.time.now)
        #expect(Set(mark.dataClasses) == Set(approved) && Set(package.dataClasses) == Set(approved))
        let consented = approved.contains(.submissions) ? ["Source not to be named"] : []
        #expect(mark.conditions == ["Not to be passed on"] + consented)
        #expect(Data(SHA256.hash(data: document)) == package.sha256 && package.sizeBytes == document.count)
        #expect(JSONTree(Array(document))?.canonical == Array(document))
      }
    }
  }

  private static func identifiers(_ text: String) -> Set<Substring> {
    Set(text.matches(of: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/).map(\.output))
  }

  @Test("is each recipient's own: pseudonyms and identifiers differ, and any copy tells whose it is")
  func recipients() async throws {
    try await ProgressHarness.run { harness in
      let name = try await Self.fullCase(harness)
      let classes: [PBDataClass] = [.core, .victimAttributes, .victimIdentity, .suspectIdentity, .hostProgress]
      let first = try await harness.disclosed(classes, of: name, as: .contributor)
      let second = try await harness.disclosed(classes, of: name, as: .secondContributor)
      let one = String(decoding: try await harness.downloadPackage(first.name, as: .contributor), as: UTF8.self)
      let two = String(decoding: try await harness.downloadPackage(second.name, as: .secondContributor), as: UTF8.self)
      // Each has its own victim, and a name of its own for the suspect whom it may not know.
      #expect(
        one.contains("Name One") && !one.contains("Name Two") && two.contains("Name Two") && !two.contains("Name One"))
      let aliases = try [one, two].map { try PBDisclosure(jsonString: $0).suspects.map(\.alias) }
      #expect(aliases[0] != aliases[1] && aliases.allSatisfy { $0.count == 1 && $0[0].hasPrefix("P-") })
      let (ids, others) = (Self.identifiers(one), Self.identifiers(two))
      #expect(ids.intersection(others) == [name.dropFirst(6)] && ids.count > 3)
      // References still hold within one.
      let disclosure = try PBDisclosure(jsonString: one)
      #expect(disclosure.tracks.map(\.suspect) == disclosure.suspects.map(\.name))
      // None of them is the register's.
      let suspects = try await harness.progress.listSuspects(
        .with { $0.parent = name }, metadata: Person.officer.metadata)
      #expect(!one.contains(suspects.suspects[0].name) && !two.contains(suspects.suspects[0].name))

      for (package, text) in [(first, one), (second, two)] {
        let whole = try await harness.attribute(Data(text.utf8))
        #expect(whole.disclosurePackage == package && whole.intact)
        let mark = try PBDisclosure(jsonString: text).watermark.digest
        let part = try await harness.attribute(Data("leaked: \(mark)\n".utf8), as: .counsel)
        #expect(part.disclosurePackage.name == package.name && !part.intact)
        #expect(try await failure { try await harness.attribute(Data(text.utf8), as: .contributor) }?.code == .notFound)
        #expect(try await failure { try await harness.attribute(Data(text.utf8), as: .focalPoint) }?.code == .notFound)
        // Without the mark too: the names of records are this recipient's.
        let bare = try await harness.attribute(Data(text.replacing(mark, with: "").utf8))
        #expect(bare.disclosurePackage.name == package.name && !bare.intact)
        #expect(try await failure { try await harness.attribute(Data(name.utf8)) }?.code == .notFound)
        let forged = String(mark.reversed())
        #expect(try await failure { try await harness.attribute(Data(forged.utf8)) }?.code == .notFound)
      }
    }
  }

  @Test("is fetched by its recipient only, recorded each time, until it is revoked or expires")
  func downloads() async throws {
    try await ProgressHarness.run { harness in
      let name = try await Self.fullCase(harness)
      let package = try await harness.disclosed([.core], of: name)
      let request = package.sharingRequest
      for person in [Person.officer, .counsel, .focalPoint] {
        #expect(
          try await failure { try await harness.downloadPackage(package.name, as: person) }?.code == .permissionDenied)
      }
      for person in [Person.contributor, .stranger, .auditor, .union] {
        #expect(try await failure { try await harness.downloadPackage(package.name, as: person) }?.code == .notFound)
      }
      #expect(try await harness.sharingRequest(request, as: .officer).state == .packaged)
      #expect(
        try await failure { try await harness.move(request, to: .receiptConfirmed, as: .prosecutor) }?.reason
          == "TRANSITION_NOT_ALLOWED")
      let document = try await harness.downloadPackage(package.name)
      #expect(try await harness.sharingRequest(request, as: .officer).state == .delivered)
      #expect(try await harness.downloadPackage(package.name, as: .colleague) == document)
      #expect(try await harness.move(request, to: .receiptConfirmed, as: .prosecutor).state == .receiptConfirmed)
      let records = try await harness.pool.execute(SelectDownloads()).map { try AuditRecord(encoded: $0) }
        .filter { $0.method.hasSuffix("/DownloadDisclosurePackage") }
      #expect(
        records.filter(\.isAllowed).map(\.principal) == [Person.prosecutor.principal, Person.colleague.principal])
      #expect(records.filter(\.isAllowed).allSatisfy { $0.classes == [.core] && $0.resource == package.name })
      #expect(records.filter { !$0.isAllowed }.count == 7)

      #expect(try await failure { try await harness.revoke(package.name, as: .prosecutor) }?.code == .permissionDenied)
      harness.advance(5)
      let revoked = try await harness.revoke(package.name)
      #expect(revoked.state == .revoked && revoked.revokeTime == harness.time.now)
      #expect(try await failure { try await harness.downloadPackage(package.name) }?.reason == "RESOURCE_ENDED")
      #expect(try await harness.packageRecord(package.name, as: .prosecutor).state == .revoked)
      let other = try await harness.disclosed([.core], of: name)
      harness.advance(86_400)
      #expect(try await failure { try await harness.downloadPackage(other.name) }?.reason == "RESOURCE_ENDED")
    }
  }

  @Test("is as it was: later changes and withdrawn consents do not reach it, and the next has them")
  func frozen() async throws {
    try await ProgressHarness.run { harness in
      let name = try await Self.fullCase(harness)
      let before = try await harness.disclosed([.submissions, .suspectIdentity], of: name)
      let document = try await harness.downloadPackage(before.name)
      let given = try await harness.submissions(as: .contributor).first { $0.subject == "Intercepted call" }
      try await harness.withdrawConsent(to: "EGY", of: try #require(given).name)
      try await harness.suspect(of: name, "Bravo")
      #expect(try await harness.downloadPackage(before.name) == document)
      let after = try await harness.disclosed([.submissions, .suspectIdentity], of: name)
      let next = String(decoding: try await harness.downloadPackage(after.name), as: UTF8.self)
      #expect(next.contains("Bravo") && !next.contains("Intercepted call") && !next.contains("Source not to be named"))
      // What is on record of a document is not rewritten.
      await #expect(throws: (any Error).self) { try await harness.run("UPDATE disclosure_documents SET document = ''") }
    }
  }

  @Test("yields to caveats whatever was approved, and to the recipient's having gone")
  func limits() async throws {
    try await ProgressHarness.run { harness in
      let name = try await Self.fullCase(harness)
      // A suspect could face the death penalty: of whom no court of its own has, a State is not told who it is.
      try await harness.suspect(of: name, "Charlie")
      let free = try await harness.disclosed([.suspectIdentity], of: name)
      #expect(String(decoding: try await harness.downloadPackage(free.name), as: UTF8.self).contains("Charlie"))
      try await harness.run("UPDATE cases SET caveats = 1 << 8")
      let capped = try await harness.disclosed([.suspectIdentity], of: name)
      let text = String(decoding: try await harness.downloadPackage(capped.name), as: UTF8.self)
      #expect(text.contains("Alpha") && !text.contains("Charlie"))
      // Nobody approves what it may not pass on, and nobody makes a package twice.
      #expect(
        try await failure { try await harness.makePackage(capped.sharingRequest) }?.reason == "TRANSITION_NOT_ALLOWED")
      let approved = try await harness.approved([.core], of: name)
      #expect(
        try await failure { try await harness.makePackage(approved.name, as: .prosecutor) }?.code == .permissionDenied)
      #expect(
        try await failure { try await harness.makePackage(approved.name, as: .focalPoint) }?.code == .permissionDenied)
      #expect(try await failure { try await harness.makePackage(approved.name, as: .contributor) }?.code == .notFound)
      harness.advance(1, without: .prosecutor)
      let gone = try await failure { try await harness.makePackage(approved.name) }
      #expect(gone?.conditions.keys.sorted() == ["RECIPIENT"])
    }
  }
}

private struct SelectDownloads: PostgresStatement {
  static let isReadOnly = true
  var sql: String { "SELECT record FROM audit_records ORDER BY xact, id" }
  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> [UInt8] { try row.decode() }
}
