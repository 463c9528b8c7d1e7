import GRPCCore
import GRPCInProcessTransport
import Policy
import SwiftProtobuf
import Testing
import Tokens
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

/// Somebody who has enrolled.
struct Person: Sendable {
  var principal: PBPrincipal
  var login: String
  var password: String
  var totp: TOTP
  var recoveryCodes: [String]
}

extension AccessHarness {
  var signIn: PBSignInService.Client<InProcessTransport.Client> { .init(wrapping: client) }
  var identity: PBIdentityService.Client<InProcessTransport.Client> { .init(wrapping: client) }

  /// Puts a person on record, without credentials.
  func newcomer(_ login: String, of organisation: PBOrganisation) async throws -> PBPrincipal {
    try await principal(login, of: organisation) {
      $0.principal.certificateUri = ""
      $0.principal.tokenSubject = login
    }
  }

  func invite(_ principal: String, as uri: String? = operatorURI, requestID: String? = nil) async throws -> PBInvitation
  {
    let request = PBCreateInvitationRequest.with {
      $0.parent = principal
      $0.reason = "test"
      $0.requestID = requestID ?? freshRequestID()
    }
    return try await identity.createInvitation(request, metadata: caller(uri))
  }

  /// Sets password and second factor by an invitation.
  func enrol(
    _ principal: PBPrincipal, by invitation: PBInvitation, password: String = "correct horse battery"
  ) async throws -> Person {
    let begun = try await signIn.beginEnrolment(.with { $0.invitationCode = invitation.code })
    let totp = TOTP(secret: try #require(base32Bytes(begun.totpSecret)))
    let codes = try await signIn.completeEnrolment(
      .with {
        $0.invitationCode = invitation.code
        $0.password = password
        $0.totpCode = code(totp)
      }
    ).recoveryCodes
    // The code that was shown is spent.
    time.advance(30)
    return Person(
      principal: principal, login: begun.loginName, password: password, totp: totp, recoveryCodes: codes)
  }

  /// Somebody of an organisation, who has enrolled and has no role.
  func person(_ login: String, of organisation: PBOrganisation) async throws -> Person {
    let principal = try await newcomer(login, of: organisation)
    return try await enrol(principal, by: try await invite(principal.name))
  }

  /// The code of the moment.
  func code(_ totp: TOTP) -> String { totp.code(TOTP.step(at: time.now.seconds)) }

  func signIn(
    _ person: Person, _ change: (inout PBSignInRequest) -> Void = { _ in }
  ) async throws -> PBSessionTokens {
    var request = PBSignInRequest.with {
      $0.loginName = person.login
      $0.password = person.password
      $0.totpCode = code(person.totp)
    }
    change(&request)
    return try await signIn.signIn(request)
  }

  func refresh(_ token: String) async throws -> PBSessionTokens {
    try await signIn.refreshTokens(.with { $0.refreshToken = token })
  }

  /// Who a token speaks for.
  func whoami(_ token: String) async throws -> PBIdentity {
    try await identity.getIdentity(.init(), metadata: bearer(token))
  }

  /// Lets everybody know what is on record now, as happens by itself a moment later.
  func settle() async throws {
    await broadcast.refresh(isBeat: true)
    tokens.take(TokenTrust(try broadcast.current().snapshot))
  }
}

/// Calls with a token.
func bearer(_ token: String) -> Metadata { ["authorization": .string("Bearer \(token)")] }

/// Base32 as an authenticator application reads it.
func base32Bytes(_ text: String) -> [UInt8]? {
  let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
  var (bytes, bits, width): ([UInt8], UInt32, UInt32) = ([], 0, 0)
  for character in text {
    guard let value = alphabet.firstIndex(of: character) else { return nil }
    bits = bits << 5 | UInt32(value)
    width += 5
    guard width >= 8 else { continue }
    width -= 8
    bytes.append(UInt8(truncatingIfNeeded: bits >> width))
  }
  return bytes
}
