// AccessControlServer: who there is, and who may see and do what. It owns the schema `access` and the composition root
// of vigil-access; no other service imports it.
//
// `Domain` holds values and decisions and does no I/O; `Store` holds the SQL beside the rows that it gives; `Methods`
// holds one RPC per file and the only mappings between contract and domain; `Bootstrap` begins a directory. It may import
// the API modules, AIP, Identity, Policy, PolicyPostgres, Postgres, Records and ServiceRuntime.

import AIP
package import ArgumentParser
import GRPCCore
import Policy
package import Postgres
package import Records
package import ServiceRuntime
import VigilAccessAPI

/// Access control: who there is, and who may see and do what.
package enum AccessControlServer: VigilService {
  package static let name = "vigil-access"
  package static let purpose = "Keeps who there is, and who may see and do what."
  package static let schema = "access"

  package static var defaults: [String: String] {
    AccessControlConfiguration.defaults
  }

  package static var migrations: [Migration] {
    [
      Migration(1, "create_service_info", embedded: PackageResources._001_create_service_info_sql),
      Migration(2, "create_directory", embedded: PackageResources._002_create_directory_sql),
    ]
  }

  package static var commands: [any ParsableCommand.Type] {
    [BootstrapCommand.self]
  }

  package static func makeParts(_ resources: ServiceResources) async throws -> ServiceParts {
    try makeParts(pool: resources.pool)
  }

  /// The services over a pool, as tests make them too.
  package static func makeParts(pool: PostgresPool, clock: WallClock = .system) throws -> ServiceParts {
    let evaluator = PolicyEvaluator(try .standard())
    let visitors = Visitors(pool: pool, clock: clock, policy: { evaluator })
    let directory = DirectoryService(
      visitors: visitors,
      lists: Lists(pool: pool, tokens: PageTokens(pool: pool), clock: clock),
      ledger: Ledger(pool: pool, ids: RecordID.Generator(), clock: clock, visitors: visitors)
    )
    return ServiceParts(
      rpcServices: [directory],
      descriptors: [VigilAccessAPIDescriptors.fileDescriptorSet]
    )
  }
}
