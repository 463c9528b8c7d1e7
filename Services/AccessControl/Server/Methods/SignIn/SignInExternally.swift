import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension SignInService {
  /// The issuer says who it is; whether that is anybody here, and what it may do, the directory says.
  func signInExternally(request: PBSignInExternallyRequest, context: ServerContext) async throws -> PBSessionTokens {
    let issuer = try readyIssuer()
    let redemption = try ExternalIssuer.Redemption(request)
    let person = try await issuer.person(redemption, at: now)
    return try await pool.withTransaction { transaction in
      let now = now
      guard let principal = try await transaction.execute(LockPerson(login: person.login, time: now)).first else {
        throw ServiceError.credentialsRefused
      }
      var session = sessions.make(.externalIssuer, of: principal, at: now)
      session.readers = person.readers
      return try await sessions.begin(session, method: context.descriptor.fullyQualifiedMethod, in: transaction)
    }
  }
}

extension ExternalIssuer.Redemption {
  /// - Throws: INVALID_ARGUMENT for what cannot be of a request that was made as it should be.
  init(_ request: PBSignInExternallyRequest) throws(ServiceError) {
    func bounded(_ text: String, _ field: String, _ lengths: ClosedRange<Int>) throws(ServiceError) -> String {
      guard lengths.contains(text.utf8.count), !text.utf8.contains(0) else {
        throw .invalid(field, "must be of \(lengths.lowerBound) to \(lengths.upperBound) characters")
      }
      return text
    }
    self.init(
      code: try bounded(request.authorizationCode, "authorization_code", 1...2048),
      verifier: try bounded(request.codeVerifier, "code_verifier", 43...128),
      redirect: try bounded(request.redirectUri, "redirect_uri", 1...255),
      nonce: try bounded(request.nonce, "nonce", 22...128))
    guard Self.isLoopback(redirect) else {
      throw .invalid("redirect_uri", "must lead to a loopback address of the caller's own")
    }
  }

  /// RFC 8252, 7.3. A code that was meant for another client's web page is not taken from whoever has come by it.
  private static func isLoopback(_ uri: String) -> Bool {
    for host in ["http://127.0.0.1:", "http://[::1]:"] where uri.hasPrefix(host) {
      let port = uri.dropFirst(host.count).prefix { $0 != "/" }
      return UInt16(port).map { $0 > 0 } ?? false
    }
    return false
  }
}
