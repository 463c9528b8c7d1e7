import AIP
import Postgres
import Sealing
import ServiceRuntime

// The secrets of access control.
extension Vault.Place {
  static func serviceKey(_ name: String) -> Self { Self("service_keys", name) }
  static func tokenKey(_ id: String) -> Self { Self("token_keys", id) }
  static func credential(_ id: RecordID) -> Self { Self("credentials", "\(id)") }
  static func invitation(_ id: RecordID) -> Self { Self("invitations", "\(id)") }
}

extension Vault {
  /// For a command: with everything sealed that there is.
  static func ready(_ settings: Settings, _ pool: PostgresPool) async throws -> Vault {
    let vault = try Vault(settings)
    try await Resealing.perform(vault, pool)
    return vault
  }
}
