// ServiceRuntime: the one way to make a process of the system. It owns the typed configuration, the
// start (configuration, telemetry, then what the process is made of), the admin port, readiness, the
// ordered stop, and the subcommands. It may import RPC, GRPCTransport, TLS, Postgres and Telemetry; it
// knows no service.

package import ServiceLifecycle

/// One executable of the system, as its composition root describes it.
///
/// A gRPC service with a schema in PostgreSQL conforms to ``VigilService`` instead, which makes most of
/// this; the gateway conforms to this alone.
package protocol VigilProcess: Sendable {
  /// The executable's name, such as `vigil-gateway`; also the name in logs, metrics and messages.
  static var name: String { get }

  /// One sentence for `--help`: what the process is for.
  static var purpose: String { get }

  /// The settings of the process that are its own.
  static var settings: [SettingGroup] { get }

  /// The settings that it shares with others of its kind.
  static var sharedSettings: [SettingGroup] { get }

  /// Defaults of its own for settings declared elsewhere, by key, as they are written.
  static var defaults: [String: String] { get }

  /// Builds what runs, in the order of dependency: each may use those before it. The last is stopped
  /// first, and each only once those after it have stopped.
  ///
  /// - Throws: Anything; the description is shown as one line and the process ends.
  static func assemble(_ runtime: ProcessRuntime) async throws -> [any Service]
}

extension VigilProcess {
  package static var settings: [SettingGroup] { [] }
  package static var sharedSettings: [SettingGroup] { CommonSettings.groups }
  package static var defaults: [String: String] { [:] }

  /// All settings, as help lists them.
  static var allSettings: [SettingGroup] { settings + sharedSettings }
}
