import AIP
import FoundationEssentials
import GRPCCore
import Logging
import Policy

/// Where an external issuer does what (OpenID Connect Discovery 1.0).
struct IssuerMetadata: Decodable, Hashable, Sendable {
  private enum CodingKeys: String, CodingKey {
    case issuer
    case authorizationEndpoint = "authorization_endpoint"
    case tokenEndpoint = "token_endpoint"
    case keysEndpoint = "jwks_uri"
  }

  var issuer: String
  var authorizationEndpoint: String
  var tokenEndpoint: String
  var keysEndpoint: String

  /// Whether it is the issuer's own, and leads nowhere that does not prove who it is.
  func isGood(for issuer: String) -> Bool {
    self.issuer == issuer
      && [authorizationEndpoint, tokenEndpoint, keysEndpoint].allSatisfy { $0.hasPrefix("https://") }
  }
}

/// What an external issuer publishes, read when it is needed and kept for a while.
///
/// A token of a key that is not among those kept has them read again, but not more often than once in an interval, however
/// many such tokens come. When the issuer cannot be reached, what was read last is good until a bound.
actor IssuerDocuments {
  struct Documents: Sendable {
    var metadata: IssuerMetadata
    var keys: IssuerKeySet
  }

  /// In seconds.
  struct Pace: Hashable, Sendable {
    /// How long what was read is good without a question.
    var refresh: Int64 = 300
    /// The least time between two attempts to read it.
    var interval: Int64 = 30
    /// How long it is good when it cannot be read again.
    var bound: Int64 = 3600
  }

  private let issuer: String
  private let pace: Pace
  private let logger: Logger
  private let read: @Sendable (_ url: String) async throws -> Data
  private var last: (documents: Documents, time: PolicyTime)?
  private var attempt = PolicyTime.distantPast
  private var isReading = false
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(
    issuer: String, pace: Pace, logger: Logger, read: @escaping @Sendable (_ url: String) async throws -> Data
  ) {
    (self.issuer, self.pace, self.logger, self.read) = (issuer, pace, logger, read)
  }

  /// - Parameter suffices: whether they hold what is looked for.
  /// - Throws: UNAVAILABLE (ISSUER_UNAVAILABLE) when there are none, or none that are recent enough.
  func current(
    at now: PolicyTime, _ suffices: @Sendable (Documents) -> Bool = { _ in true }
  ) async throws -> Documents {
    if let last, now < last.time.advanced(bySeconds: pace.refresh), suffices(last.documents) { return last.documents }
    await readAgain(at: now)
    guard let last, now < last.time.advanced(bySeconds: pace.bound) else { throw ServiceError.issuerUnavailable }
    return last.documents
  }

  /// Whoever comes while they are being read waits for that.
  private func readAgain(at now: PolicyTime) async {
    if isReading { return await withCheckedContinuation { waiting.append($0) } }
    guard attempt.advanced(bySeconds: pace.interval) <= now else { return }
    (attempt, isReading) = (now, true)
    do {
      last = (try await readAll(), now)
    } catch {
      logger.warning("the external issuer cannot be read", metadata: ["error": "\(error)"])
    }
    isReading = false
    for one in waiting { one.resume() }
    waiting = []
  }

  private func readAll() async throws -> Documents {
    let slash = issuer.hasSuffix("/") ? "" : "/"
    let text = try await read(issuer + slash + ".well-known/openid-configuration")
    let metadata = try JSONDecoder().decode(IssuerMetadata.self, from: text)
    guard metadata.isGood(for: issuer) else { throw ServiceError.issuerUnavailable }
    let keys = try JSONDecoder().decode(IssuerKeySet.self, from: try await read(metadata.keysEndpoint))
    return Documents(metadata: metadata, keys: keys)
  }
}

extension ServiceError {
  /// UNAVAILABLE: the external issuer does not answer, or not as an issuer does.
  static let issuerUnavailable = ServiceError(
    .unavailable, .issuerUnavailable, "the issuer that people sign in at cannot be reached")
}
