// CasesServer: missions, cases and victims, and the import of what is published about them. It owns the schema `cases`
// and the composition root of vigil-cases; no other service imports it.
//
// `Domain` holds values and decisions and does no I/O; `Store` holds the SQL beside the rows that it gives; `Methods`
// holds one RPC per file and the only mappings between contract and domain. It may import the API modules, AIP,
// Audit, AuditOutbox, Authorization, Policy, PolicyPostgres, Postgres, Records and ServiceRuntime.

import AIP
import AuditOutbox
package import Authorization
import GRPCCore
package import Postgres
import RPC
import Records
package import ServiceRuntime
import VigilAccessAPI
import VigilCasesAPI

/// The register of crimes against United Nations peacekeepers.
package enum CasesServer: VigilService {
  package static let name = "vigil-cases"
  package static let purpose = "Keeps the register: missions, cases and victims, and imports what is published of them."
  package static let schema = "cases"

  package static var defaults: [String: String] {
    CasesConfiguration.defaults
  }

  package static var settings: [SettingGroup] {
    [MeshSettings.group, PolicySettings.group]
  }

  package static var migrations: [Migration] {
    [
      Migration(1, "create_register", embedded: PackageResources._001_create_register_sql),
      Migration(2, "seed_missions", embedded: PackageResources._002_seed_missions_sql),
      Migration(3, "record_relations", embedded: PackageResources._003_record_relations_sql),
      Migration(4, "guard_rows", embedded: PackageResources._004_guard_rows_sql),
      AuditOutbox.migration(5),
    ]
  }

  package static func makeParts(_ resources: ServiceResources) async throws -> ServiceParts {
    let mesh = try MeshClient(resources.runtime)
    let feed = try PolicyFeed(resources.runtime, mesh: mesh)
    var parts = makeParts(pool: resources.pool, authorizer: feed.authorizer)
    let log = RemoteAuditLog(PBAuditCollectorService.Client(wrapping: mesh.rpc.client))
    parts.background =
      [mesh, feed] + parts.background + [AuditRelay(pool: resources.pool, log: log, logger: resources.logger)]
    return parts
  }

  /// The services over a pool, as tests make them too.
  package static func makeParts(pool: PostgresPool, authorizer: Authorizer) -> ServiceParts {
    let store = CaseStore(pool: pool)
    let readers = CaseReaders(authorizer: authorizer, key: PseudonymKey(pool: pool))
    let trail = AuditTrail(pool: pool)
    let cases = CaseService(
      store: store, readers: readers, reads: ReadTrail(trail: trail), tokens: PageTokens(pool: pool), clock: .system)
    let imports = ImportStore(pool: pool, ids: RecordID.Generator())
    var parts = ServiceParts(
      rpcServices: [
        ServedService(cases) { $0.registerMethods(with: &$1) },
        ServedService(ImportService(store: imports, authorizer: authorizer, clock: .system)) {
          $0.registerMethods(with: &$1)
        },
        ServedService(CaseFactsService(store: store)) { $0.registerMethods(with: &$1) },
      ],
      descriptors: [VigilCasesAPIDescriptors.fileDescriptorSet],
      rules: [PBCaseFactsService.descriptor.fullyQualifiedService: .service("access")]
    )
    parts.interceptors = [PurposeInterceptor()]
    parts.background = [trail]
    parts.tokens = authorizer.tokens
    return parts
  }
}
