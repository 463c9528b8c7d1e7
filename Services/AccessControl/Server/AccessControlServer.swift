// AccessControlServer: who there is, and who may see and do what. It owns the schema `access` and the composition root
// of vigil-access; no other service imports it.
//
// `Domain` holds values and decisions and does no I/O; `Store` holds the SQL beside the rows that it gives; `Methods`
// holds one RPC per file and the only mappings between contract and domain; `Bootstrap` begins a directory. It may import
// the API modules, AIP, Identity, Policy, PolicyPostgres, Postgres, Records and ServiceRuntime.

import AIP
package import ArgumentParser
import GRPCCore
import Logging
import Policy
package import Postgres
import RPC
import Records
package import ServiceRuntime
import VigilAccessAPI
import VigilCasesAPI

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
      Migration(3, "create_policy", embedded: PackageResources._003_create_policy_sql),
      Migration(4, "create_grants", embedded: PackageResources._004_create_grants_sql),
      Migration(5, "create_emergencies", embedded: PackageResources._008_create_emergencies_sql),
      Migration(6, "create_certificates", embedded: PackageResources._009_create_certificates_sql),
    ]
  }

  package static var commands: [any ParsableCommand.Type] {
    [BootstrapCommand.self]
  }

  package static var settings: [SettingGroup] {
    [MeshSettings.group, AccessControlConfiguration.certificates]
  }

  package static func makeParts(_ resources: ServiceResources) async throws -> ServiceParts {
    let mesh = try MeshClient(resources.runtime)
    let cases = RegisterFacts(cases: PBCaseService.Client(wrapping: mesh.rpc.client))
    var parts = makeParts(
      pool: resources.pool, cases: cases, authority: CertificateAuthority(resources.settings),
      logger: resources.logger)
    parts.background.append(mesh)
    return parts
  }

  /// The services over a pool, as tests make them too.
  static func makeParts(
    pool: PostgresPool, cases: any CaseFactsSource, authority: CertificateAuthority? = nil, clock: WallClock = .system,
    logger: Logger
  ) -> ServiceParts {
    let broadcast = PolicyBroadcast(pool: pool, clock: clock, logger: logger)
    let visitors = Visitors(pool: pool, clock: clock) { () throws(ServiceError) in try broadcast.current().evaluator }
    let tokens = PageTokens(pool: pool)
    let ledger = Ledger(pool: pool, ids: RecordID.Generator(), clock: clock, visitors: visitors)
    let lists = Lists(pool: pool, tokens: tokens, clock: clock)
    let facts = KnownFacts(register: cases, pool: pool, clock: clock)
    let directory = DirectoryService(visitors: visitors, lists: lists, ledger: ledger)
    let policy = PolicyService(
      visitors: visitors, ledger: ledger, tokens: tokens, clock: clock, pool: pool, broadcast: broadcast, cases: facts)
    let sights = CaseSights(pool: pool, broadcast: broadcast, cases: facts)
    let grants = GrantService(visitors: visitors, lists: lists, ledger: ledger, sights: sights)
    let emergencies = EmergencyService(visitors: visitors, lists: lists, ledger: ledger, sights: sights)
    let certificates = CertificateService(visitors: visitors, lists: lists, ledger: ledger, authority: authority)
    var parts = ServiceParts(
      rpcServices: [
        ServedService(directory) { $0.registerMethods(with: &$1) },
        ServedService(policy) { $0.registerMethods(with: &$1) },
        ServedService(grants) { $0.registerMethods(with: &$1) },
        ServedService(emergencies) { $0.registerMethods(with: &$1) },
        ServedService(certificates) { $0.registerMethods(with: &$1) },
      ],
      descriptors: [VigilAccessAPIDescriptors.fileDescriptorSet],
      background: [broadcast]
    )
    parts.endsStreams = { broadcast.end() }
    return parts
  }
}
