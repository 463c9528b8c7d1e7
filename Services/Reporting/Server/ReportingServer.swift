// ReportingServer: the composition root of vigil-reporting. It may import ServiceRuntime and Postgres; no other
// service imports it.

package import Postgres
package import ServiceRuntime

/// Reporting: the figures, and the reports made of them.
///
/// It stands with its schema, health and reflection; its first methods come with what they need.
package enum ReportingServer: VigilService {
  package static let name = "vigil-reporting"
  package static let purpose = "Makes the figures, and the reports of them."
  package static let schema = "reporting"

  package static var defaults: [String: String] {
    ReportingConfiguration.defaults
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
