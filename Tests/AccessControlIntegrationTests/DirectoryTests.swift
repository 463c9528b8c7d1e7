import GRPCCore
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

@Suite("The directory over PostgreSQL")
struct DirectoryTests {
  @Test func organisationsReadBack() async throws {
    try await AccessHarness.run { harness in
      let made = try await harness.organisation("KEN", .state) {
        $0.organisation.startTime = .with {
          $0.seconds = -1; $0.nanos = 999_999_000
        }
      }
      #expect(made.name.hasPrefix("organisations/") && !made.etag.isEmpty && made.createTime == harness.time.now)
      #expect(made.startTime.nanos == 999_999_000 && !made.hasEndTime)
      let read = try await harness.directory.getOrganisation(
        .with { $0.name = made.name }, metadata: caller(AccessHarness.officerURI))
      #expect(read == made)
      let taken = try await failure { try await harness.organisation("KEN", .mission) }
      #expect(taken?.code == .alreadyExists && taken?.reason == "RESOURCE_EXISTS")
      #expect(taken?.metadata == ["field": "party"])
    }
  }

  @Test func organisationsAreFiltered() async throws {
    try await AccessHarness.run { harness in
      try await harness.organisation("KEN", .state)
      try await harness.organisation("minusma", .mission) {
        $0.organisation.startTime = harness.time.now
        $0.organisation.startTime.seconds += 100
      }
      func parties(_ filter: String) async throws -> [String] {
        try await harness.directory.listOrganisations(
          .with { $0.filter = filter }, metadata: caller(AccessHarness.officerURI)
        ).organisations.map(\.party)
      }
      #expect(try await parties("") == ["KEN", "OPERATOR", "OROLSI", "minusma"])
      #expect(try await parties("kind = KIND_STATE") == ["KEN"])
      #expect(try await parties("kind = MISSION OR party = KEN") == ["KEN", "minusma"])
      #expect(try await parties("active = false") == ["minusma"])
      #expect(try await parties("NOT active = true") == ["minusma"])
      harness.time.advance(100)
      #expect(try await parties("active = false") == [])
      let bad = try await failure { try await parties("name = x") }
      #expect(bad?.code == .invalidArgument && bad?.reason == "INVALID_FILTER")
    }
  }

  @Test func aPrincipalProvesItselfInOneWay() async throws {
    try await AccessHarness.run { harness in
      let state = try await harness.organisation("KEN", .state)
      let person = try await harness.principal("", of: state) {
        $0.principal.certificateUri = ""
        $0.principal.tokenSubject = "a-subject"
      }
      #expect(person.tokenSubject == "a-subject" && person.certificateUri.isEmpty)
      let changes: [@Sendable (inout PBCreatePrincipalRequest) -> Void] = [
        { $0.principal.tokenSubject = "both" },
        { $0.principal.certificateUri = "" },
        { $0.principal.certificateUri = "spiffe://vigil.local/service/cases" },
        { $0.principal.certificateUri = "https://vigil.local/client/x" },
        { $0.principal.clearance = .unspecified },
        { $0.principal.clearance = .UNRECOGNIZED(9) },
        { $0.principal.displayName = "" },
        { $0.principal.displayName = "a\u{0}b" },
        { $0.principal.displayName = String(repeating: "x", count: 201) },
        { $0.reason = "" },
        { $0.reason = String(repeating: "x", count: 501) },
      ]
      for (index, change) in changes.enumerated() {
        let refused = try await failure { try await harness.principal("x\(index)", of: state, change) }
        #expect(refused?.code == .invalidArgument && refused?.reason == "INVALID_FIELD", "\(index)")
      }
      for id in ["", "x", "0190b5a2-7c3e-7abc-8def-0123456789ab"] {
        let refused = try await failure { try await harness.principal("y", of: state) { $0.requestID = id } }
        #expect(refused?.reason == "INVALID_REQUEST_ID")
      }
      try await harness.principal("ken", of: state)
      let taken = try await failure { try await harness.principal("ken", of: state) }
      #expect(taken?.code == .alreadyExists && taken?.metadata == ["field": "certificate_uri"])
    }
  }

  @Test func principalsComeInPages() async throws {
    try await AccessHarness.run { harness in
      let state = try await harness.organisation("KEN", .state)
      var made: [String] = []
      for number in 0..<7 { made.append(try await harness.principal("ken-\(number)", of: state).name) }
      let filter = "organisation = '\(state.name)'"
      for size in [1, 3, 7, 500] as [Int32] {
        let names = try await harness.principals(as: AccessHarness.officerURI, filter: filter, pageSize: size)
        #expect(names == made, "\(size)")
      }
      var request = PBListPrincipalsRequest.with { $0.pageSize = 2 }
      let page = try await harness.directory.listPrincipals(request, metadata: caller(AccessHarness.officerURI))
      request.pageToken = page.nextPageToken
      request.filter = filter
      let mixed = try await failure {
        try await harness.directory.listPrincipals(request, metadata: caller(AccessHarness.officerURI))
      }
      #expect(mixed?.reason == "PAGE_TOKEN_MISMATCH")
      request.filter = ""
      request.pageToken += "x"
      let forged = try await failure {
        try await harness.directory.listPrincipals(request, metadata: caller(AccessHarness.officerURI))
      }
      #expect(forged?.reason == "INVALID_PAGE_TOKEN")
      let negative = try await failure {
        try await harness.principals(as: AccessHarness.officerURI, pageSize: -1)
      }
      #expect(negative?.code == .invalidArgument)
    }
  }

  /// A token of a list that sees more shows its bearer no more than its own list.
  @Test func aTokenOfAnotherOpensNothing() async throws {
    try await AccessHarness.run { harness in
      let state = try await harness.organisation("KEN", .state)
      let own = try await harness.principal("ken", of: state)
      let request = PBListPrincipalsRequest.with { $0.pageSize = 1 }
      var page = try await harness.directory.listPrincipals(request, metadata: caller(AccessHarness.officerURI))
      page = try await harness.directory.listPrincipals(
        .with {
          $0.pageSize = 1
          $0.pageToken = page.nextPageToken
        }, metadata: caller(AccessHarness.uri("ken")))
      #expect(page.principals.map(\.name) == [own.name] && page.nextPageToken.isEmpty)
    }
  }

  @Test func rolesHavePeriods() async throws {
    try await AccessHarness.run { harness in
      let secretariat = try await harness.organisation("OLA", .secretariat)
      let principal = try await harness.principal("ola", of: secretariat)
      var later = harness.time.now
      later.seconds += 100
      let role = try await harness.role(.leg, to: principal.name) {
        $0.roleAssignment.startTime = later
        $0.roleAssignment.endTime = .with { $0.seconds = later.seconds + 100 }
      }
      // Not yet, then, no longer.
      for (isActive, wait) in [(false, 100), (true, 100), (false, 0)] as [(Bool, Int64)] {
        #expect(try await !harness.roles(of: principal.name, filter: "active = true").isEmpty == isActive)
        let seesAll = try await harness.principals(as: AccessHarness.uri("ola")).count > 1
        #expect(seesAll == isActive)
        let holders = try await harness.principals(as: AccessHarness.officerURI, filter: "reader = LEG")
        #expect(holders == (isActive ? [principal.name] : []))
        harness.time.advance(wait)
      }
      let over = try await failure { try await harness.end(role) }
      #expect(over?.reason == "RESOURCE_ENDED")
      let backdated = try await failure {
        try await harness.role(.leg, to: principal.name) { $0.roleAssignment.startTime = later }
      }
      #expect(backdated?.code == .invalidArgument)
    }
  }

  @Test func rolesEndAndStayOnRecord() async throws {
    try await AccessHarness.run { harness in
      let secretariat = try await harness.organisation("OLA", .secretariat)
      let principal = try await harness.principal("ola", of: secretariat)
      let role = try await harness.role(.leg, to: principal.name)
      let stale = try await failure { try await harness.end(role, etag: "\"zz\"") }
      #expect(stale?.code == .aborted && stale?.reason == "ETAG_MISMATCH")
      harness.time.advance(5)
      let ended = try await harness.end(role, etag: role.etag)
      #expect(ended.endTime == harness.time.now && ended.etag != role.etag && ended.startTime == role.startTime)
      #expect(try await harness.principals(as: AccessHarness.uri("ola")) == [principal.name])
      #expect(try await harness.roles(of: principal.name) == [ended])
      // One that has not begun never begins.
      let future = try await harness.role(.leg, to: principal.name) {
        $0.roleAssignment.startTime = harness.time.now
        $0.roleAssignment.startTime.seconds += 50
      }
      let cancelled = try await harness.end(future)
      #expect(cancelled.endTime == future.startTime)
      harness.time.advance(60)
      #expect(try await harness.roles(of: principal.name, filter: "active = true").isEmpty)
    }
  }

  @Test func rolesAreGivenWhereTheyBelong() async throws {
    try await AccessHarness.run { harness in
      let state = try await harness.organisation("KEN", .state)
      let principal = try await harness.principal("ken", of: state)
      let misplaced = try await failure { try await harness.role(.hq, to: principal.name) }
      #expect(misplaced?.code == .failedPrecondition && misplaced?.reason == "ROLE_MISPLACED")
      #expect(misplaced?.metadata == ["reader": "HQ"])
      try await harness.role(.hst, to: principal.name)
      try await harness.role(.tpc, to: principal.name)
      let twice = try await failure { try await harness.role(.hst, to: principal.name) }
      #expect(twice?.code == .alreadyExists && twice?.reason == "RESOURCE_EXISTS")
      _ = try await harness.disable(principal.name)
      let stopped = try await failure { try await harness.role(.nat, to: principal.name) }
      #expect(stopped?.reason == "RESOURCE_ENDED")
      let unspecified = try await failure { try await harness.role(.unspecified, to: principal.name) }
      #expect(unspecified?.code == .invalidArgument)
    }
  }

  @Test func delegationsAreForAlternates() async throws {
    try await AccessHarness.run { harness in
      let organisations = try await harness.directory.listOrganisations(
        .with { $0.filter = "party = OROLSI" }, metadata: caller(AccessHarness.operatorURI))
      let secretariat = try #require(organisations.organisations.first)
      let alternate = try await harness.principal("alternate", of: secretariat)
      let state = try await harness.organisation("KEN", .state)
      let outsider = try await harness.principal("ken", of: state)

      let outside = try await failure { try await harness.delegate([.hq], to: outsider.name) }
      #expect(outside?.code == .notFound)
      let notHeld = try await failure { try await harness.delegate([.dss], to: alternate.name) }
      #expect(notHeld?.reason == "ROLE_NOT_DELEGABLE" && notHeld?.metadata == ["reader": "DSS"])
      let closed = try await failure { try await harness.delegate([.leg], to: alternate.name) }
      #expect(closed?.reason == "ROLE_NOT_DELEGABLE")
      let endless = try await failure {
        try await harness.delegate([.hq], to: alternate.name) { $0.delegation.clearEndTime() }
      }
      #expect(endless?.code == .invalidArgument)
      let empty = try await failure { try await harness.delegate([], to: alternate.name) }
      #expect(empty?.code == .invalidArgument)

      let made = try await harness.delegate([.hq], to: alternate.name)
      #expect(made.readers == [.hq] && made.delegate == alternate.name && !made.revoked)
      #expect(try await harness.delegations(of: alternate.name, filter: "active = true") == [made])
      #expect(try await harness.delegations(of: made.delegator) == [made])
      let hidden = try await failure { try await harness.revoke(made, as: AccessHarness.uri("ken")) }
      #expect(hidden?.code == .notFound)
      let revoked = try await harness.revoke(made)
      #expect(revoked.revoked && revoked.endTime == made.endTime)
      #expect(try await harness.delegations(of: alternate.name, filter: "active = true").isEmpty)
      let again = try await failure { try await harness.revoke(made) }
      #expect(again?.reason == "RESOURCE_ENDED")
    }
  }
}
