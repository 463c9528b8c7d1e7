// CasesServer: missions, cases and victims, and the import of what is published about them. It owns the schema `cases`
// and the composition root of vigil-cases; no other service imports it.
//
// `Domain` holds values and decisions and does no I/O; `Store` holds the SQL beside the rows that it gives; `Methods`
// holds one RPC per file and the only mappings between contract and domain. It may import the API modules, AIP,
// Authorization, Identity, Postgres, Records and ServiceRuntime.

import AIP
import Authorization
import GRPCCore
package import Postgres
import RPC
import Records
package import ServiceRuntime
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
    [CasesConfiguration.group, MeshSettings.group, PolicySettings.group]
  }

  package static var migrations: [Migration] {
    [
      Migration(1, "create_register", embedded: PackageResources._001_create_register_sql),
      Migration(2, "seed_missions", embedded: PackageResources._002_seed_missions_sql),
    ]
  }

  package static func makeParts(_ resources: ServiceResources) async throws -> ServiceParts {
    let mesh = try MeshClient(resources.runtime)
    let feed = try PolicyFeed(resources.runtime, mesh: mesh)
    var parts = makeParts(pool: resources.pool)
    parts.interceptors = [PurposeInterceptor()]
    parts.background += [mesh, feed]
    let importers = Set(resources.settings[CasesConfiguration.importers])
    parts.rules[PBImportService.descriptor.fullyQualifiedService] = .only(importers)
    return parts
  }

  /// The services over a pool, as tests make them too.
  package static func makeParts(pool: PostgresPool) -> ServiceParts {
    let store = CaseStore(pool: pool)
    let imports = ImportStore(pool: pool, ids: RecordID.Generator())
    return ServiceParts(
      rpcServices: [
        ServedService(CaseService(store: store, tokens: PageTokens(pool: pool), clock: .system)) {
          $0.registerMethods(with: &$1)
        },
        ServedService(ImportService(store: imports, clock: .system)) { $0.registerMethods(with: &$1) },
      ],
      descriptors: [VigilCasesAPIDescriptors.fileDescriptorSet]
    )
  }
}
