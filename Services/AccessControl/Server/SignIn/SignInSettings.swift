import ServiceRuntime

/// The settings of sign-in.
enum SignInSettings {
  static let accessToken = Setting<Duration>(
    "tokens.access-lifetime", default: .seconds(300), "How long an access token lives.")
  static let refreshToken = Setting<Duration>(
    "tokens.refresh-lifetime", default: .seconds(3600), "How long a session lives without being used.")
  static let session = Setting<Duration>(
    "tokens.session-lifetime", default: .seconds(43_200), "How long a session lives at the most.")
  static let invitation = Setting<Duration>(
    "tokens.invitation-lifetime", default: .seconds(259_200), "How long an invitation can be used.")
  static let key = Setting<Duration>(
    "tokens.key-lifetime", default: .seconds(604_800), "How long a key signs before the next one does.")
  static let rounds = Setting<Int>(
    "passwords.rounds-log2", default: 15, "Cost of scrypt for new passwords: the binary logarithm of N, at least 15.")
  static let blockSize = Setting<Int>("passwords.block-size", default: 8, "Cost of scrypt: r, at least 8.")
  static let parallelism = Setting<Int>("passwords.parallelism", default: 1, "Cost of scrypt: p.")
  static let threads = Setting<Int>(
    "passwords.threads", default: 1, "How many passwords are checked at a time; each needs 32 MiB and a core.")
  static let queue = Setting<Int>(
    "passwords.queue", default: 32, "How many may wait for that; others are told to try again.")

  static let group = SettingGroup(
    "Sign-in",
    [accessToken, refreshToken, session, invitation, key, rounds, blockSize, parallelism, threads, queue])
}

extension Lifetimes {
  init(_ settings: Settings) {
    self.init(
      accessToken: settings[SignInSettings.accessToken].components.seconds,
      refreshToken: settings[SignInSettings.refreshToken].components.seconds,
      session: settings[SignInSettings.session].components.seconds,
      invitation: settings[SignInSettings.invitation].components.seconds,
      key: settings[SignInSettings.key].components.seconds)
  }
}

extension PasswordHasher {
  /// No cheaper than what passwords are worth (RFC 7914 and OWASP: N=2¹⁵, r=8, p=1), whatever the settings say.
  convenience init(_ settings: Settings) {
    let cost = PasswordDigest.Cost(
      roundsLog2: Int16(clamping: min(max(settings[SignInSettings.rounds], 15), 24)),
      blockSize: Int16(clamping: min(max(settings[SignInSettings.blockSize], 8), 64)),
      parallelism: Int16(clamping: min(max(settings[SignInSettings.parallelism], 1), 64)))
    self.init(
      cost: cost, threads: max(settings[SignInSettings.threads], 1), limit: max(settings[SignInSettings.queue], 1))
  }
}
