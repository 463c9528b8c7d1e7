import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

/// An invitation lets whoever has it become somebody: so who may invite whom is where one person could become two.
@Suite("Invitations")
struct InvitationTests {
  @Test("an operator invites whom nobody has given a role, and nobody invites itself or a system")
  func whoInvites() async throws {
    try await AccessHarness.run { harness in
      let organisation = try await harness.organisation("XAA", .state)
      let jane = try await harness.newcomer("jane.doe", of: organisation)
      let byOfficer = try await failure { try await harness.invite(jane.name, as: AccessHarness.officerURI) }
      #expect(byOfficer?.code == .permissionDenied)
      _ = try await harness.invite(jane.name)
      _ = try await harness.role(.hst, to: jane.name)
      // Now whoever holds the code would read: the operator alone must not make such a one.
      #expect(try await failure { try await harness.invite(jane.name) }?.code == .permissionDenied)
      _ = try await harness.invite(jane.name, as: AccessHarness.officerURI)
      let system = try await harness.principal("system", of: organisation)
      #expect(try await failure { try await harness.invite(system.name) }?.code == .invalidArgument)
      let unknown = try await failure { try await harness.invite("principals/0190b5a2-7c3e-7abc-8def-0123456789ab") }
      #expect(unknown?.code == .notFound)
    }
  }

  @Test("nobody invites itself, not even who could invite everybody else")
  func oneself() async throws {
    try await AccessHarness.run { harness in
      let organisation = try await harness.organisation("OPERATIONS", .operator)
      let operatorPerson = try await harness.person("op", of: organisation)
      _ = try await harness.role(.adm, to: operatorPerson.principal.name, as: AccessHarness.operatorURI)
      let tokens = try await harness.signIn(operatorPerson)
      try await harness.settle()
      let request = PBCreateInvitationRequest.with {
        $0.parent = operatorPerson.principal.name
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }
      let own = try await failure {
        try await harness.identity.createInvitation(request, metadata: bearer(tokens.accessToken))
      }
      #expect(own?.code == .permissionDenied)
      _ = try await harness.invite(operatorPerson.principal.name)
    }
  }

  @Test("a role that is given later voids an invitation of somebody who could not give it")
  func lapses() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.newcomer("jane.doe", of: try await harness.organisation("XAA", .state))
      let invitation = try await harness.invite(jane.name)
      _ = try await harness.role(.hst, to: jane.name)
      let late = try await failure { try await harness.enrol(jane, by: invitation) }
      #expect(late?.code == .unauthenticated && late?.reason == "CREDENTIALS_REFUSED")
      let another = try await harness.invite(jane.name, as: AccessHarness.officerURI)
      _ = try await harness.signIn(try await harness.enrol(jane, by: another))
    }
  }

  @Test("a delegation counts as a role")
  func delegation() async throws {
    try await AccessHarness.run { harness in
      let organisation = try await harness.organisation("UNDSS", .secretariat)
      let jane = try await harness.newcomer("jane.doe", of: organisation)
      let system = try await harness.principal("system", of: organisation)
      _ = try await harness.role(.dss, to: system.name)
      let invitation = try await harness.invite(jane.name)
      _ = try await harness.delegate([.dss], to: jane.name, as: AccessHarness.uri("system"))
      #expect(try await failure { try await harness.enrol(jane, by: invitation) } != nil)
      #expect(try await failure { try await harness.invite(jane.name) }?.code == .permissionDenied)
    }
  }

  @Test("a code is spent once, ends in time, cannot be guessed, and is the same for a repeated call")
  func codes() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.newcomer("jane.doe", of: try await harness.organisation("XAA", .state))
      let id = freshRequestID()
      let invitation = try await harness.invite(jane.name, requestID: id)
      #expect(try await harness.invite(jane.name, requestID: id) == invitation)
      for code in ["", "x", String(invitation.code.dropLast()) + "A", String(repeating: "A", count: 64)] {
        let refused = try await failure { try await harness.signIn.beginEnrolment(.with { $0.invitationCode = code }) }
        #expect(refused?.code == .unauthenticated || code == invitation.code)
      }
      _ = try await harness.enrol(jane, by: invitation)
      #expect(try await failure { try await harness.enrol(jane, by: invitation) }?.code == .unauthenticated)
      let late = try await harness.invite(jane.name)
      harness.time.advance(259_200)
      #expect(try await failure { try await harness.enrol(jane, by: late) }?.code == .unauthenticated)
    }
  }

  @Test("enrolling anew replaces everything and ends every session")
  func anew() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.person("jane.doe", of: try await harness.organisation("XAA", .state))
      let before = try await harness.signIn(jane)
      let invitation = try await harness.invite(jane.principal.name)
      harness.time.advance(30)
      let again = try await harness.enrol(jane.principal, by: invitation, password: "another horse battery")
      try await harness.settle()
      #expect(try await failure { try await harness.whoami(before.accessToken) }?.code == .unauthenticated)
      #expect(try await failure { try await harness.refresh(before.refreshToken) }?.code == .unauthenticated)
      #expect(try await failure { try await harness.signIn(jane) }?.code == .unauthenticated)
      #expect(
        try await failure { try await harness.signIn(again) { $0.recoveryCode = jane.recoveryCodes[0] } }?.code
          == .unauthenticated)
      _ = try await harness.signIn(again)
    }
  }

  @Test("a weak password or a wrong code spends nothing")
  func refused() async throws {
    try await AccessHarness.run { harness in
      let jane = try await harness.newcomer("jane.doe", of: try await harness.organisation("XAA", .state))
      let invitation = try await harness.invite(jane.name)
      let unbegun = try await failure {
        try await harness.signIn.completeEnrolment(
          .with {
            $0.invitationCode = invitation.code
            $0.password = "correct horse battery"
            $0.totpCode = "123456"
          })
      }
      #expect(unbegun?.code == .unauthenticated)
      let weak = try await failure { try await harness.enrol(jane, by: invitation, password: "short") }
      #expect(weak?.code == .invalidArgument)
      _ = try await harness.signIn(try await harness.enrol(jane, by: invitation))
    }
  }
}
