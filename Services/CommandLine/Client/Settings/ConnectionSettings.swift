import GRPCCore

/// Which system is called, and who calls.
struct ConnectionSettings: Equatable, Sendable {
  /// `host:port` of the gateway.
  var address: Address = .local
  /// PEM file of the authorities that vouch for the gateway; nil for the machine's own.
  var authorities: String?
  /// PEM file of the caller's certificate; nil to call without one.
  var certificate: String?
  /// PEM file of the certificate's private key.
  var key: String?
  /// The file of the session to call with; nil to call without one.
  var session: String?
  /// How long a call may take; nil leaves it to the command.
  var timeout: Duration?

  /// The settings in one line, for error texts.
  var summary: String {
    let caller = certificate.map { "certificate \($0)" } ?? "no certificate"
    return "Address \(address), authorities \(authorities ?? "of this machine"), \(caller)"
  }

  /// The options of a call that may take `limit` unless the caller said otherwise.
  func callOptions(limit: Duration = .seconds(30)) -> CallOptions {
    var options = CallOptions.defaults
    options.timeout = timeout ?? limit
    return options
  }

  /// The same without a session.
  var signedOut: ConnectionSettings {
    var settings = self
    settings.session = nil
    return settings
  }

  /// The file of the session.
  ///
  /// - Throws: ``CommandFailure`` when there is no place for one.
  func requireSessionFile() throws(CommandFailure) -> SessionFile {
    guard let session else {
      throw CommandFailure(
        status: .configuration, reason: "there is no place for a session",
        advice: "Call without --certificate, and with HOME or VIGIL_CLI_SESSION set.")
    }
    return SessionFile(path: session)
  }

  /// - Throws: ``CommandFailure`` when they cannot be meant.
  func validate() throws(CommandFailure) {
    guard (certificate == nil) == (key == nil) else {
      throw CommandFailure(
        status: .configuration,
        reason: "a certificate needs its key: set both --certificate and --key, or neither"
      )
    }
    if let timeout, timeout <= .zero {
      throw CommandFailure(status: .usage, reason: "the timeout must be more than zero")
    }
  }
}
