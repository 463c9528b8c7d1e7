import GRPCCore
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("Who may call the directory")
struct AuthorisationTests {
  /// Every method as a caller would have it, with names of what does and what does not exist.
  private struct Call: Sendable {
    var method: String
    var make: @Sendable (AccessHarness, String?, Names) async throws -> Void
  }

  struct Names: Sendable {
    var organisation: PBOrganisation
    var principal: String
    var role: PBRoleAssignment
    var delegation: PBDelegation
  }

  private static let calls: [Call] = [
    Call(method: "GetOrganisation") { harness, uri, names in
      _ = try await harness.directory.getOrganisation(
        .with { $0.name = names.organisation.name }, metadata: caller(uri))
    },
    Call(method: "ListOrganisations") { harness, uri, _ in
      _ = try await harness.directory.listOrganisations(.init(), metadata: caller(uri))
    },
    Call(method: "CreateOrganisation") { harness, uri, _ in
      try await harness.organisation("NEW", .state, as: uri)
    },
    Call(method: "GetPrincipal") { harness, uri, names in
      _ = try await harness.directory.getPrincipal(.with { $0.name = names.principal }, metadata: caller(uri))
    },
    Call(method: "ListPrincipals") { harness, uri, _ in
      _ = try await harness.directory.listPrincipals(.init(), metadata: caller(uri))
    },
    Call(method: "CreatePrincipal") { harness, uri, names in
      try await harness.principal("new", of: names.organisation, as: uri)
    },
    Call(method: "DisablePrincipal") { harness, uri, names in _ = try await harness.disable(names.principal, as: uri) },
    Call(method: "ListRoleAssignments") { harness, uri, names in
      _ = try await harness.directory.listRoleAssignments(
        .with { $0.parent = names.principal }, metadata: caller(uri))
    },
    Call(method: "CreateRoleAssignment") { harness, uri, names in
      try await harness.role(.tpc, to: names.principal, as: uri)
    },
    Call(method: "EndRoleAssignment") { harness, uri, names in _ = try await harness.end(names.role, as: uri) },
    Call(method: "ListDelegations") { harness, uri, names in
      _ = try await harness.directory.listDelegations(.with { $0.parent = names.principal }, metadata: caller(uri))
    },
    Call(method: "CreateDelegation") { harness, uri, names in
      _ = try await harness.delegate([.hq], to: names.principal, as: uri)
    },
    Call(method: "RevokeDelegation") { harness, uri, names in
      _ = try await harness.revoke(names.delegation, as: uri)
    },
  ]

  private static func names(_ harness: AccessHarness) async throws -> Names {
    let organisation = try await harness.organisation("KEN", .state)
    let principal = try await harness.principal("ken", of: organisation)
    let role = try await harness.role(.hst, to: principal.name)
    let secretariat = try await harness.organisation("UNOCC", .secretariat)
    let alternate = try await harness.principal("alternate", of: secretariat)
    let holder = try await harness.principal("holder", of: secretariat)
    try await harness.role(.dss, to: holder.name)
    let delegation = try await harness.delegate([.dss], to: alternate.name, as: AccessHarness.uri("holder"))
    return Names(organisation: organisation, principal: principal.name, role: role, delegation: delegation)
  }

  /// A method that is added and not listed above fails here.
  @Test func everyMethodIsTried() {
    let methods = PBDirectoryService.Method.descriptors.map(\.method)
    #expect(Set(Self.calls.map(\.method)) == Set(methods) && Self.calls.count == methods.count)
  }

  /// Nobody, somebody whom the directory does not know, a process of the system, one whose organisation has ended, one
  /// that was stopped: refused everything, each with the same words.
  @Test func strangersAreRefusedEverything() async throws {
    try await AccessHarness.run { harness in
      let names = try await Self.names(harness)
      let stopped = try await harness.principal("stopped", of: names.organisation)
      _ = try await harness.disable(stopped.name)
      let ended = try await harness.organisation("END", .state) {
        $0.organisation.endTime = harness.time.now
        $0.organisation.endTime.seconds += 10
      }
      try await harness.principal("ended", of: ended)
      harness.time.advance(10)
      let strangers = [
        AccessHarness.uri("unknown"), AccessHarness.uri("stopped"), AccessHarness.uri("ended"),
        "spiffe://vigil.local/service/cases", "spiffe://elsewhere.local/client/operator",
      ]
      for call in Self.calls {
        let anonymous = try await failure { try await call.make(harness, nil, names) }
        #expect(anonymous?.code == .unauthenticated && anonymous?.reason == "CREDENTIALS_MISSING", "\(call.method)")
        var answers: Set<Failure> = []
        for stranger in strangers {
          let refused = try await failure { try await call.make(harness, stranger, names) }
          answers.insert(try #require(refused, "\(call.method) as \(stranger)"))
        }
        #expect(answers.count == 1, "\(call.method): \(answers)")
        #expect(answers.first?.code == .permissionDenied && answers.first?.reason == "METHOD_NOT_PERMITTED")
      }
    }
  }

  /// What a State's system may not do, and that it is not told what exists of others.
  @Test func aStateChangesNothingAndSeesNoOther() async throws {
    try await AccessHarness.run { harness in
      let names = try await Self.names(harness)
      let other = try await harness.organisation("MLI", .state)
      let otherPrincipal = try await harness.principal("mli", of: other)
      try await harness.role(.hst, to: otherPrincipal.name)
      let uri = AccessHarness.uri("mli")
      for call in Self.calls where !call.method.hasPrefix("List") || call.method == "ListRoleAssignments" {
        let refused = try await failure { try await call.make(harness, uri, names) }
        let isAct = ["CreateOrganisation", "CreatePrincipal", "DisablePrincipal", "CreateRoleAssignment"]
          .contains(call.method)
        #expect(refused?.code == (isAct ? .permissionDenied : .notFound), "\(call.method)")
      }
      #expect(try await harness.principals(as: uri) == [otherPrincipal.name])
      let organisations = try await harness.directory.listOrganisations(.init(), metadata: caller(uri)).organisations
      #expect(organisations.map(\.party) == ["MLI"])
    }
  }

  /// An unknown name and a forbidden one have the same answer, but for the name that was asked for.
  @Test func unknownAndForbiddenAreOne() async throws {
    try await AccessHarness.run { harness in
      let names = try await Self.names(harness)
      let other = try await harness.organisation("MLI", .state)
      try await harness.principal("mli", of: other)
      let uri = AccessHarness.uri("mli")
      let nobody = "principals/0190b5a2-7c3e-7abc-8def-0123456789ab"
      for name in [names.principal, nobody] {
        let get = try await failure {
          try await harness.directory.getPrincipal(.with { $0.name = name }, metadata: caller(uri))
        }
        let roles = try await failure { try await harness.roles(of: name, as: uri) }
        let delegations = try await failure { try await harness.delegations(of: name, as: uri) }
        for refused in [get, roles, delegations] {
          #expect(refused?.code == .notFound && refused?.reason == "RESOURCE_NOT_FOUND")
          #expect(refused?.metadata == ["type": "vigil.un.org/Principal"])
          #expect(refused?.message == "there is no such resource, or you may not see it")
        }
      }
      // A filter does not tell either.
      let filter = "organisation = \"\(names.organisation.name)\""
      #expect(try await harness.principals(as: uri, filter: filter).isEmpty)
      #expect(try await harness.principals(as: AccessHarness.officerURI, filter: filter) == [names.principal])
    }
  }

  @Test func anOperatorGivesNoRoleThatReads() async throws {
    try await AccessHarness.run { harness in
      let organisation = try await harness.organisation("OROLSI2", .secretariat)
      let puppet = try await harness.principal("puppet", of: organisation)
      for reader in PBReaderClass.allCases where ![.unspecified, .adm].contains(reader) {
        let refused = try await failure {
          try await harness.role(reader, to: puppet.name, as: AccessHarness.operatorURI)
        }
        #expect(refused?.code == .permissionDenied, "\(reader)")
      }
      // And a case officer invents nobody.
      let refused = try await failure {
        try await harness.principal("puppet2", of: organisation, as: AccessHarness.officerURI)
      }
      #expect(refused?.code == .permissionDenied)
    }
  }

  @Test func nobodyRaisesOrStopsItself() async throws {
    try await AccessHarness.run { harness in
      let officer = try await harness.principals(as: AccessHarness.officerURI, filter: "reader = HQ")
      let itself = try #require(officer.first)
      let raised = try await failure { try await harness.role(.leg, to: itself) }
      #expect(raised?.code == .permissionDenied)
      let role = try #require(try await harness.roles(of: itself).first)
      let ended = try await failure { try await harness.end(role) }
      #expect(ended?.code == .permissionDenied)
      let operators = try await harness.principals(as: AccessHarness.operatorURI, filter: "reader = ADM")
      let stopped = try await failure { try await harness.disable(try #require(operators.first)) }
      #expect(stopped?.code == .permissionDenied)
    }
  }

  @Test func aHandedOverRoleAppointsNobody() async throws {
    try await AccessHarness.run { harness in
      let organisations = try await harness.directory.listOrganisations(
        .with { $0.filter = "party = OROLSI" }, metadata: caller(AccessHarness.operatorURI))
      let secretariat = try #require(organisations.organisations.first)
      let alternate = try await harness.principal("alternate", of: secretariat)
      _ = try await harness.delegate([.hq], to: alternate.name)
      let state = try await harness.organisation("KEN", .state)
      let principal = try await harness.principal("ken", of: state)
      let refused = try await failure {
        try await harness.role(.hst, to: principal.name, as: AccessHarness.uri("alternate"))
      }
      #expect(refused?.code == .permissionDenied)
      let second = try await harness.principal("second", of: secretariat)
      let onward = try await failure {
        try await harness.delegate([.hq], to: second.name, as: AccessHarness.uri("alternate"))
      }
      #expect(onward?.reason == "ROLE_NOT_DELEGABLE")
    }
  }

  @Test func stoppingTakesEffectAtOnce() async throws {
    try await AccessHarness.run { harness in
      let state = try await harness.organisation("KEN", .state)
      let principal = try await harness.principal("ken", of: state)
      let uri = AccessHarness.uri("ken")
      #expect(try await harness.principals(as: uri) == [principal.name])
      let stopped = try await harness.disable(principal.name, etag: principal.etag)
      #expect(stopped.disabled && stopped.etag != principal.etag)
      let refused = try await failure { try await harness.principals(as: uri) }
      #expect(refused?.code == .permissionDenied)
      #expect(try await harness.principals(as: AccessHarness.officerURI, filter: "disabled = true") == [principal.name])
      let again = try await failure { try await harness.disable(principal.name) }
      #expect(again?.code == .failedPrecondition && again?.reason == "RESOURCE_ENDED")
    }
  }
}
