import Crypto
import Foundation
import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("Decisions over PostgreSQL and the register")
struct PolicyServiceTests {
  /// Case officer, a host State, a State that has nothing to do with the case.
  private struct Cast: Sendable {
    var host: PBPrincipal
    var stranger: PBPrincipal
    var caseName: String
  }

  private static func cast(_ harness: AccessHarness) async throws -> Cast {
    let host = try await harness.principal("egy", of: try await harness.organisation("EGY", .state))
    let stranger = try await harness.principal("ken", of: try await harness.organisation("KEN", .state))
    for principal in [host, stranger] {
      for reader in [.hst, .tpc, .nat] as [PBReaderClass] { try await harness.role(reader, to: principal.name) }
    }
    return Cast(host: host, stranger: stranger, caseName: try await harness.caseName())
  }

  private static func check(
    _ harness: AccessHarness, _ caseName: String, as uri: String, of principal: String = ""
  ) async throws -> PBCheckResponse {
    try await harness.policy.check(
      .with {
        $0.case = caseName
        $0.principal = principal
        $0.action = .read
      }, metadata: caller(uri))
  }

  private static func transform(_ dataClass: PBDataClass, _ response: PBCheckResponse) -> PBTransform? {
    response.classes.first { $0.dataClass == dataClass }?.others
  }

  @Test func everybodyIsToldWhatItSees() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let cast = try await Self.cast(harness)
      let officer = try await Self.check(harness, cast.caseName, as: AccessHarness.officerURI)
      #expect(officer.allowed && officer.refusal == .none && officer.policyVersion == 1 && officer.readRecorded)
      #expect(Self.transform(.witness, officer) == .clear)
      let host = try await Self.check(harness, cast.caseName, as: AccessHarness.uri("egy"))
      #expect(host.allowed && Self.transform(.core, host) == .clear)
      // Witnesses are not even mentioned to a host State.
      #expect(Self.transform(.witness, host) == nil && Self.transform(.exact, host) == .drop)
      let asked = try await Self.check(harness, cast.caseName, as: AccessHarness.officerURI, of: cast.host.name)
      #expect(asked.allowed && asked.classes.map(\.dataClass) == host.classes.map(\.dataClass))
    }
  }

  /// Invariant of the contract: a case that does not exist and one that the subject may not see have the same answer.
  @Test func unknownAndForbiddenAreOne() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let cast = try await Self.cast(harness)
      let nowhere = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      let forbidden = try await Self.check(harness, cast.caseName, as: AccessHarness.uri("ken"))
      let unknown = try await Self.check(harness, nowhere, as: AccessHarness.uri("ken"))
      #expect(!forbidden.allowed && forbidden == unknown && forbidden.classes.isEmpty)
      #expect(try await Self.check(harness, nowhere, as: AccessHarness.officerURI) == unknown)
      let operatorSees = try await Self.check(harness, cast.caseName, as: AccessHarness.operatorURI)
      #expect(operatorSees == unknown)
    }
  }

  @Test func onlyCaseOfficersAskAboutOthers() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let cast = try await Self.cast(harness)
      for uri in [AccessHarness.uri("ken"), AccessHarness.uri("egy"), AccessHarness.operatorURI] {
        let refused = try await failure {
          try await Self.check(harness, cast.caseName, as: uri, of: cast.host.name)
        }
        #expect(refused?.code == (uri == AccessHarness.uri("egy") ? nil : .permissionDenied), "\(uri)")
        let explained = try await failure {
          try await harness.policy.explain(
            .with {
              $0.check.case = cast.caseName
              $0.check.action = .read
            }, metadata: caller(uri))
        }
        #expect(explained?.code == .permissionDenied, "\(uri)")
        let roster = try await failure {
          try await harness.policy.listReaders(.with { $0.case = cast.caseName }, metadata: caller(uri))
        }
        #expect(roster?.code == .permissionDenied, "\(uri)")
      }
    }
  }

  @Test func batchesAreAnsweredInOrder() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let cast = try await Self.cast(harness)
      let nowhere = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      let questions = [
        (cast.caseName, cast.host.name), (nowhere, cast.host.name), (cast.caseName, cast.stranger.name),
        (cast.caseName, ""),
      ]
      let request = PBBatchCheckRequest.with {
        $0.requests = questions.map { question in
          .with {
            $0.case = question.0
            $0.principal = question.1
            $0.action = .read
          }
        }
      }
      let answers = try await harness.policy.batchCheck(request, metadata: caller(AccessHarness.officerURI)).responses
      #expect(answers.map(\.allowed) == [true, false, false, true])
      let none = try await failure {
        try await harness.policy.batchCheck(.init(), metadata: caller(AccessHarness.officerURI))
      }
      #expect(none?.code == .invalidArgument)
    }
  }

  /// Whatever gives a right is looked at anew with every question.
  @Test func whatEndsOpensNothing() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let cast = try await Self.cast(harness)
      let uri = AccessHarness.uri("egy")
      #expect(try await Self.check(harness, cast.caseName, as: uri).allowed)
      for role in try await harness.roles(of: cast.host.name) { _ = try await harness.end(role) }
      harness.time.advance(1)
      #expect(try await !Self.check(harness, cast.caseName, as: uri).allowed)

      let officers = try await harness.directory.listOrganisations(
        .with { $0.filter = "party = OROLSI" }, metadata: caller(AccessHarness.operatorURI))
      let alternate = try await harness.principal("alternate", of: try #require(officers.organisations.first))
      let delegation = try await harness.delegate([.hq], to: alternate.name)
      let acting = try await Self.check(harness, cast.caseName, as: AccessHarness.uri("alternate"))
      // The delegate's own clearance counts: what is strictly confidential stays closed.
      #expect(acting.allowed && Self.transform(.exact, acting) == .clear && Self.transform(.witness, acting) != .clear)
      _ = try await harness.revoke(delegation)
      #expect(try await !Self.check(harness, cast.caseName, as: AccessHarness.uri("alternate")).allowed)
    }
  }

  @Test func anExplanationSaysWhy() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let cast = try await Self.cast(harness)
      let explained = try await harness.policy.explain(
        .with {
          $0.check.case = cast.caseName
          $0.check.principal = cast.stranger.name
          $0.check.action = .read
        }, metadata: caller(AccessHarness.officerURI))
      #expect(!explained.check.allowed)
      #expect(explained.text.hasPrefix("Denied under policy version 1: NO_RELATION"))
      #expect(explained.steps.first == "acts as HST TPC NAT; reads this case as nothing")
      let unknown = try await failure {
        try await harness.policy.explain(
          .with {
            $0.check.case = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
            $0.check.action = .read
          }, metadata: caller(AccessHarness.officerURI))
      }
      #expect(unknown?.code == .notFound)
    }
  }

  @Test func theRosterIsReadInPagesAndNoted() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let cast = try await Self.cast(harness)
      let officer = try #require(
        try await harness.principals(as: AccessHarness.officerURI, filter: "reader = HQ").first)
      for size in [1, 50] as [Int32] {
        var request = PBListReadersRequest.with {
          $0.case = cast.caseName
          $0.pageSize = size
        }
        var readers: [PBReader] = []
        repeat {
          let page = try await harness.policy.listReaders(request, metadata: caller(AccessHarness.officerURI))
          #expect(page.readers.count <= Int(size))
          readers += page.readers
          request.pageToken = page.nextPageToken
        } while !request.pageToken.isEmpty
        #expect(readers.map(\.principal) == [officer, cast.host.name])
        #expect(readers.map(\.readers) == [[.hq], [.hst]])
      }
      let noted = "acts WHERE method = 'vigil.access.v1.PolicyService/ListReaders' AND resource = '\(cast.caseName)'"
      #expect(try await harness.count(noted) == 3)
      let witnesses = try await harness.policy.listReaders(
        .with {
          $0.case = cast.caseName
          $0.dataClass = .witness
        }, metadata: caller(AccessHarness.officerURI))
      #expect(witnesses.readers.map(\.principal) == [officer])
    }
  }
}
