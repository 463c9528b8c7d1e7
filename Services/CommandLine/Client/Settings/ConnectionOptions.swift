import ArgumentParser

/// The options of every command that calls the system.
struct ConnectionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The gateway, host:port. (default: 127.0.0.1:8443)", valueName: "host:port"))
  var address: String?

  @Option(help: "PEM file of the authorities that vouch for the gateway.", completion: .file())
  var ca: String?

  @Option(help: "PEM file of your certificate.", completion: .file())
  var certificate: String?

  @Option(help: "PEM file of your certificate's private key.", completion: .file())
  var key: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "Call as one of the identities of the local system, such as operator, instead of --certificate and --key.",
      valueName: "name"))
  var identity: String?

  @Option(help: ArgumentHelp("How long a call may take, such as 500ms, 30s, 5m. (default: 30s)", valueName: "duration"))
  var timeout: String?

  /// The settings that hold: options, then the source's.
  ///
  /// - Throws: ``CommandFailure`` for a value that is not of its form.
  func settings(_ source: SettingsSource) throws(CommandFailure) -> ConnectionSettings {
    var settings = ConnectionSettings()
    if let text = address ?? source.value("address") {
      guard let address = Address(text) else {
        throw CommandFailure(status: .usage, reason: "the address must be host:port, not '\(text)'")
      }
      settings.address = address
    }
    settings.authorities = ca ?? source.value("tls.ca")
    try chooseIdentity(source, &settings)
    // Whoever names a certificate means to call with that.
    if certificate == nil, identity == nil {
      settings.session = source.value("session") ?? source.sessionPath(settings.address)
    }
    if let text = timeout ?? source.value("timeout") {
      guard let duration = Duration(timeoutText: text) else {
        throw CommandFailure(status: .usage, reason: "the timeout must be like 500ms, 30s or 5m, not '\(text)'")
      }
      settings.timeout = duration
    }
    try settings.validate()
    return settings
  }

  /// Who calls: by files or by a name among the options, else by files or by a name among the settings.
  private func chooseIdentity(_ source: SettingsSource, _ settings: inout ConnectionSettings) throws(CommandFailure) {
    let isGivenByFiles = certificate != nil || key != nil
    guard !isGivenByFiles || identity == nil else {
      throw CommandFailure(status: .usage, reason: "say who calls once: by --as, or by --certificate and --key")
    }
    settings.certificate = certificate ?? source.value("tls.certificate")
    settings.key = key ?? source.value("tls.key")
    let isSetByFiles = settings.certificate != nil || settings.key != nil
    guard let name = identity ?? (isSetByFiles ? nil : source.value("identity")) else { return }
    guard let folder = source.value("identities") else {
      throw CommandFailure(
        status: .configuration, reason: "there is no folder of identities to find '\(name)' in",
        advice: "Name it with VIGIL_CLI_IDENTITIES, or use --certificate and --key.")
    }
    guard name.utf8.allSatisfy({ $0 != UInt8(ascii: "/") }), !name.isEmpty, !name.hasPrefix(".") else {
      throw CommandFailure(status: .usage, reason: "'\(name)' is not the name of an identity")
    }
    settings.certificate = "\(folder)/\(name).pem"
    settings.key = "\(folder)/\(name).key"
  }
}

extension Duration {
  /// A whole number with the unit ms, s, m or h.
  init?(timeoutText text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let count = Int(digits), count < 1_000_000 else { return nil }
    switch text.dropFirst(digits.count) {
    case "ms": self = .milliseconds(count)
    case "s": self = .seconds(count)
    case "m": self = .seconds(count * 60)
    case "h": self = .seconds(count * 3600)
    default: return nil
    }
  }
}
