// NotificationsServer: the composition root of vigil-notifications. It may import ServiceRuntime and Postgres; no other
// service imports it.

package import Postgres
package import ServiceRuntime

/// Notifications: tells people and systems of what concerns them.
///
/// It stands with its schema, health and reflection; its first methods come with what they need.
package enum NotificationsServer: VigilService {
  package static let name = "vigil-notifications"
  package static let purpose = "Tells people and systems of what concerns them."
  package static let schema = "notifications"

  package static var defaults: [String: String] {
    NotificationsConfiguration.defaults
  }

  package static var migrations: [Migration] {
    [
      Migration(1, "create_service_info", embedded: PackageResources._001_create_service_info_sql)
    ]
  }

  package static func makeParts(_ resources: ServiceResources) async throws -> ServiceParts {
    ServiceParts()
  }
}
