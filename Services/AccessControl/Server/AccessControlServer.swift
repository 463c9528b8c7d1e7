// AccessControlServer: the composition root of vigil-access. It may import ServiceRuntime and Postgres; no other
// service imports it.

package import Postgres
package import ServiceRuntime

/// Access control: who there is, and who may see and do what.
///
/// It stands with its schema, health and reflection; its first methods come with what they need.
package enum AccessControlServer: VigilService {
  package static let name = "vigil-access"
  package static let purpose = "Keeps who there is, and who may see and do what."
  package static let schema = "access"

  package static var defaults: [String: String] {
    AccessControlConfiguration.defaults
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
