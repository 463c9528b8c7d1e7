import Foundation
import NIOPosix
import TLS
import TestSupport

/// Puts a gateway, an echo behind it, a well-behaved client and an offender together, and watches.
struct Laboratory: Sendable {
  static let shared = Laboratory()

  /// Seconds of abuse; the quiet before it takes a quarter.
  private let seconds = ProcessInfo.processInfo.environment["VIGIL_ABUSE_SECONDS"].flatMap(Double.init) ?? 4

  func observe(_ abuse: Abuse) async throws -> Outcome {
    let authority = try TestCertificateAuthority()
    let echo = try await EchoUpstream.start()
    let gateway = try await RunningGateway(
      upstream: echo.port, tls: try authority.server(), settings: Self.isSwitchedOff ? Self.off : abuse.settings)
    let outcome = try await self.observe(abuse, gateway, authority)
    gateway.stop()
    try await echo.stop()
    return outcome
  }

  private func observe(
    _ abuse: Abuse, _ gateway: RunningGateway, _ authority: TestCertificateAuthority
  ) async throws -> Outcome {
    let client = SteadyClient(port: gateway.port, trusting: authority.trustOnly)
    _ = try await client.measure(seconds: 0.3)
    let seconds = abuse.seconds ?? self.seconds
    let quiet = try await client.measure(seconds: self.seconds / 4)
    let memory = try gateway.memory(.now)
    async let offenders = Offenders.run(abuse.name, gateway.port, authority.authorityFile, seconds: seconds)
    let during = try await client.measure(seconds: seconds)
    let tally = try await offenders
    return Outcome(
      quiet: quiet, duringAbuse: during, offenders: tally, counted: try await gateway.offences(),
      peakMemory: try gateway.memory(.peak), memoryGrowth: try gateway.memory(.peak) - memory)
  }

  /// Shows what the tests say of a gateway without limits.
  private static let isSwitchedOff = ProcessInfo.processInfo.environment["VIGIL_ABUSE_LIMITS"] == "off"

  private static let off = [
    "VIGIL_LIMITS_STALL_TIME": "1h", "VIGIL_LIMITS_HEADER_TIME": "1h", "VIGIL_LIMITS_HANDSHAKE_TIME": "1h",
    "VIGIL_LIMITS_SETTINGS_TIME": "1h", "VIGIL_LIMITS_HANDSHAKES": "1000000",
    "VIGIL_LIMITS_CALLS_PER_CLIENT": "1000000",
    "VIGIL_LIMITS_UNREAD_SIZE": "64GiB",
  ]
}
