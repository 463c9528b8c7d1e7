import FoundationEssentials
import Logging
import ServiceRuntime

/// The settings of an issuer of the deployment's own.
enum IssuerSettings {
  static let url = Setting<String?>(
    "issuer.url", default: .some(nil), form: "https://…",
    "OpenID Connect issuer at which people sign in, beside those who have a password here; without it there is none.")
  static let client = Setting<String>(
    "issuer.client", default: "vigil", "By what the issuer knows this deployment: its client id.")
  static let secret = Setting<String?>(
    "issuer.secret", default: .some(nil), form: "path",
    "File of the secret that the issuer has given this deployment; without it it is a public client.")
  static let authorities = Setting<String?>(
    "issuer.ca", default: .some(nil), form: "path",
    "PEM file of the authorities that vouch for the issuer's host; without it the system's.")
  static let scope = Setting<String>("issuer.scope", default: "openid", "What is asked of the issuer.")
  static let algorithms = Setting<[SigningAlgorithm]>(
    "issuer.algorithms", default: SigningAlgorithm.allCases, "What the issuer may sign with.")
  static let claim = Setting<String>(
    "issuer.principal-claim", default: "sub",
    "The claim that names a person; it must be one that the issuer lets nobody choose.")
  static let prefix = Setting<String>(
    "issuer.prefix", default: "oidc:",
    "What stands before that in the token_subject of the person's principal. Whoever has a password must not have it.")
  static let rolesClaim = Setting<String?>(
    "issuer.roles-claim", default: .some(nil), form: "text",
    "The claim that limits the roles that a person may act by to those it names; without it the issuer has no say.")
  static let roles = Setting<[ClaimedRole]>(
    "issuer.roles", default: [], "What values of that claim stand for. None gives a role that the directory does not.")
  static let tolerance = Setting<Duration>(
    "issuer.clock-tolerance", default: .seconds(30), "How far the issuer's clock may be from this one.")
  static let refresh = Setting<Duration>(
    "issuer.refresh", default: .seconds(300), "How long the issuer's keys are good without a question.")
  static let interval = Setting<Duration>(
    "issuer.interval", default: .seconds(30), "The least time between two questions for them.")
  static let bound = Setting<Duration>(
    "issuer.bound", default: .seconds(3600), "How long they are good while the issuer cannot be reached.")

  static let group = SettingGroup(
    "External issuer",
    [
      url, client, secret, authorities, scope, algorithms, claim, prefix, rolesClaim, roles, tolerance, refresh,
      interval,
      bound,
    ])
}

extension ExternalIssuer {
  /// Why the settings cannot be used; one line, for whoever runs the service.
  struct SettingsError: Error, Hashable, CustomStringConvertible {
    var description: String
  }

  /// Nil in a deployment without one.
  init?(_ settings: Settings, logger: Logger) throws {
    guard let issuer = settings[IssuerSettings.url] else { return nil }
    guard issuer.hasPrefix("https://") else {
      throw SettingsError(description: "issuer.url: must begin with https://")
    }
    guard !settings[IssuerSettings.prefix].isEmpty else {
      throw SettingsError(description: "issuer.prefix: must not be empty, or the issuer could name anybody")
    }
    let web = try WebClient(authorities: settings[IssuerSettings.authorities], logger: logger)
    let pace = IssuerDocuments.Pace(
      refresh: settings[IssuerSettings.refresh].components.seconds,
      interval: settings[IssuerSettings.interval].components.seconds,
      bound: settings[IssuerSettings.bound].components.seconds)
    self.init(
      rules: IDTokenRules(
        issuer: issuer, client: settings[IssuerSettings.client], algorithms: Set(settings[IssuerSettings.algorithms]),
        tolerance: settings[IssuerSettings.tolerance].components.seconds),
      people: PersonRule(
        claim: settings[IssuerSettings.claim], prefix: settings[IssuerSettings.prefix],
        rolesClaim: settings[IssuerSettings.rolesClaim], roles: settings[IssuerSettings.roles]),
      scope: settings[IssuerSettings.scope], secret: try settings[IssuerSettings.secret].map(Self.secret),
      documents: IssuerDocuments(issuer: issuer, pace: pace, logger: logger) { try await web.read($0) }, web: web,
      logger: logger)
  }

  private static func secret(_ path: String) throws(SettingsError) -> String {
    let text = try? String(contentsOfFile: path, encoding: .utf8)
    guard let line = text?.split(whereSeparator: \.isNewline).first, !line.isEmpty else {
      throw SettingsError(description: "issuer.secret: \(path) cannot be read, or is empty")
    }
    return String(line)
  }
}
