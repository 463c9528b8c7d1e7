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
