// CasesServer: missions, cases and victims, and the import of what is published about them. It owns the schema `cases`
// and the composition root of vigil-cases; no other service imports it.
//
// `Domain` holds values and decisions and does no I/O; `Store` holds the SQL beside the rows that it gives; `Methods`
// holds one RPC per file and the only mappings between contract and domain. It may import the API modules, AIP,
// Audit, AuditOutbox, Authorization, Content, Policy, PolicyPostgres, Postgres, Records, Sealing and ServiceRuntime.

import AIP
import AuditOutbox
package import Authorization
import GRPCCore
import Logging
package import Postgres
import RPC
package import Records
import Sealing
package import ServiceRuntime
import VigilAccessAPI
import VigilCasesAPI
import VigilFeedAPI

/// The register of crimes against United Nations peacekeepers.
package enum CasesServer: VigilService {
  package static let name = "vigil-cases"
  package static let purpose = "Keeps the register: missions, cases and victims, and imports what is published of them."
  package static let schema = "cases"

  package static var defaults: [String: String] {
    CasesConfiguration.defaults
  }

  package static var settings: [SettingGroup] {
    [
      MeshSettings.group, PolicySettings.group, FeedSettings.group,
      SettingGroup("Exercises", [CasesConfiguration.exercise]),
      SettingGroup("Evidence", [CasesConfiguration.evidenceDirectory, CasesConfiguration.evidenceLimit]), Vault.group,
    ]
  }

  package static var migrations: [Migration] {
    [
      Migration(1, "create_register", embedded: PackageResources._001_create_register_sql),
      Migration(2, "seed_missions", embedded: PackageResources._002_seed_missions_sql),
      Migration(3, "record_relations", embedded: PackageResources._003_record_relations_sql),
      Migration(4, "guard_rows", embedded: PackageResources._004_guard_rows_sql),
      AuditOutbox.migration(5),
      Migration(6, "create_lifecycle", embedded: PackageResources._006_create_lifecycle_sql),
      Migration(7, "create_progress", embedded: PackageResources._007_create_progress_sql),
      Migration(8, "create_regradings", embedded: PackageResources._008_create_regradings_sql),
      Migration(9, "create_assistance", embedded: PackageResources._009_create_assistance_sql),
      Migration(10, "create_focal_points", embedded: PackageResources._010_create_focal_points_sql),
      Migration(11, "date_mission_hosts", embedded: PackageResources._011_date_mission_hosts_sql),
      Migration(12, "describe_victims", embedded: PackageResources._012_describe_victims_sql),
      Migration(13, "create_incidents", embedded: PackageResources._013_create_incidents_sql),
      Migration(14, "merge_cases", embedded: PackageResources._014_merge_cases_sql),
      Migration(15, "mark_cases", embedded: PackageResources._015_mark_cases_sql),
      Migration(16, "create_search", embedded: PackageResources._016_create_search_sql),
      Migration(17, "index_lists", embedded: PackageResources._017_index_lists_sql),
      Migration(18, "create_exchange", embedded: PackageResources._018_create_exchange_sql),
      Migration(19, "create_evidence", embedded: PackageResources._019_create_evidence_sql),
      Migration(20, "create_feed", embedded: PackageResources._020_create_feed_sql),
    ]
  }

  package static func makeParts(_ resources: ServiceResources) async throws -> ServiceParts {
    let mesh = try MeshClient(resources.runtime)
    let policy = try PolicyFeed(resources.runtime, mesh: mesh)
    let feed = FeedSettings(resources.settings)
    var parts = makeParts(
      pool: resources.pool, authorizer: policy.authorizer,
      isExercise: resources.settings[CasesConfiguration.exercise],
      archive: try await EvidenceArchive(resources.settings), feed: feed, logger: resources.logger)
    let log = RemoteAuditLog(PBAuditCollectorService.Client(wrapping: mesh.rpc.client))
    parts.background =
      [mesh, policy] + parts.background + [
        AuditRelay(pool: resources.pool, log: log, logger: resources.logger),
        FeedCompaction(pool: resources.pool, retention: feed.retention, logger: resources.logger),
      ]
    return parts
  }

  /// The services over a pool, as tests make them too.
  ///
  /// - Parameter archive: without one evidence is not served.
  package static func makeParts(
    pool: PostgresPool, authorizer: Authorizer, clock: WallClock = .system, isExercise: Bool = false,
    archive: EvidenceArchive? = nil
  ) -> ServiceParts {
    makeParts(
      pool: pool, authorizer: authorizer, clock: clock, isExercise: isExercise, archive: archive, feed: FeedSettings(),
      logger: Logger(label: name))
  }

  static func makeParts(
    pool: PostgresPool, authorizer: Authorizer, clock: WallClock = .system, isExercise: Bool,
    archive: EvidenceArchive?, feed: FeedSettings, logger: Logger
  ) -> ServiceParts {
    let store = CaseStore(pool: pool)
    let readers = CaseReaders(authorizer: authorizer, key: .pseudonyms(pool: pool))
    let (trail, tokens) = (AuditTrail(pool: pool), PageTokens(pool: pool))
    let trace = ReadTrail(trail: trail)
    let cases = CaseService(store: store, readers: readers, reads: trace, tokens: tokens, clock: .system)
    let ids = RecordID.Generator()
    let herald = FeedHerald(pool: pool, logger: logger)
    let tail = FeedTail(pool: pool, interval: feed.interval, logger: logger)
    let imports = ImportStore(pool: pool, ids: ids, herald: herald)
    let gate = CaseGate(readers: readers)
    let ledger = CaseLedger(pool: pool, ids: ids, clock: clock, gate: gate, trace: trace, herald: herald)
    let reads = CaseReads(pool: pool, tokens: tokens, clock: clock, gate: gate, trace: trace)
    let lifecycle = LifecycleService(reads: reads, ledger: ledger, store: store)
    let exchange = ExchangeRegister(reads: reads, ledger: ledger)
    var parts = ServiceParts(
      rpcServices: [
        ServedService(cases) { $0.registerMethods(with: &$1) },
        ServedService(ImportService(store: imports, authorizer: authorizer, clock: .system)) {
          $0.registerMethods(with: &$1)
        },
        ServedService(CaseFactsService(store: store)) { $0.registerMethods(with: &$1) },
        ServedService(
          ExerciseService(
            store: ExerciseStore(pool: pool, herald: herald), authorizer: authorizer, isEnabled: isExercise)
        ) { $0.registerMethods(with: &$1) },
        ServedService(
          SearchService(store: store, readers: readers, reads: trace, tokens: tokens, clock: .system)
        ) { $0.registerMethods(with: &$1) },
        ServedService(ExportService(store: store, readers: readers, reads: trace)) { $0.registerMethods(with: &$1) },
        ServedService(lifecycle) { $0.registerMethods(with: &$1) },
        ServedService(ProgressService(reads: reads, ledger: ledger)) { $0.registerMethods(with: &$1) },
        ServedService(AssistanceService(register: AssistanceRegister(reads: reads, ledger: ledger))) {
          $0.registerMethods(with: &$1)
        },
        ServedService(MissionService(ledger: ledger)) { $0.registerMethods(with: &$1) },
        ServedService(VocabularyService(authorizer: authorizer, tokens: tokens, clock: clock)) {
          $0.registerMethods(with: &$1)
        },
        ServedService(FocalPointService(pool: pool, tokens: tokens, ledger: ledger)) {
          $0.registerMethods(with: &$1)
        },
        ServedService(VictimService(ledger: ledger)) { $0.registerMethods(with: &$1) },
        ServedService(IncidentService(reads: reads, ledger: ledger)) { $0.registerMethods(with: &$1) },
        ServedService(SubmissionService(register: exchange)) { $0.registerMethods(with: &$1) },
        ServedService(SharingService(register: exchange, key: .watermarks(pool: pool))) {
          $0.registerMethods(with: &$1)
        },
        ServedService(
          FeedService(
            feed: ChangeFeed(pool: pool, store: store), tail: tail, cursors: FeedCursors(pool: pool), readers: readers,
            reads: trace, heartbeat: feed.heartbeat)
        ) { $0.registerMethods(with: &$1) },
      ],
      descriptors: [VigilCasesAPIDescriptors.fileDescriptorSet, VigilFeedAPIDescriptors.fileDescriptorSet],
      rules: [PBCaseFactsService.descriptor.fullyQualifiedService: .service("access")]
    )
    parts.interceptors = [PurposeInterceptor()]
    parts.background = [trail, herald, tail]
    parts.endsStreams = { tail.end() }
    if let archive {
      let evidence = EvidenceService(reads: reads, ledger: ledger, authorizer: authorizer, archive: archive)
      parts.rpcServices.append(ServedService(evidence) { $0.registerMethods(with: &$1) })
      parts.background.append(EvidenceResealing(archive: archive, pool: pool))
    }
    parts.tokens = authorizer.tokens
    return parts
  }
}
