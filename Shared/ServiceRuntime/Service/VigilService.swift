package import ArgumentParser
package import Postgres

/// A gRPC service of the mesh that keeps its data in a PostgreSQL schema of its own.
package protocol VigilService: VigilProcess {
  /// The schema, which is also the suffix of the login role that owns it.
  static var schema: String { get }

  /// The schema's migrations, oldest first. They are applied by `migrate`, never by `serve`.
  static var migrations: [Migration] { get }

  /// Subcommands of its own beside `serve` and `migrate`; they use ``runCommand(_:_:)``.
  static var commands: [any ParsableCommand.Type] { get }

  /// Makes what the service offers.
  ///
  /// - Throws: Anything; the description is shown as one line and the process ends.
  static func makeParts(_ resources: ServiceResources) async throws -> ServiceParts
}

extension VigilService {
  package static var commands: [any ParsableCommand.Type] { [] }

  package static var sharedSettings: [SettingGroup] {
    [GRPCSettings.group, DatabaseSettings.group] + CommonSettings.groups
  }
}
