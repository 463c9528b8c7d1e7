// AccessControlServer: who there is, and who may see and do what. It owns the schema `access` and the composition root
// of vigil-access; no other service imports it.
//
// `Domain` holds values and decisions and does no I/O; `Store` holds the SQL beside the rows that it gives; `Methods`
// holds one RPC per file and the only mappings between contract and domain; `Bootstrap` begins a directory. `Audit`
// holds the log; `SignIn` what people prove who they are by. It may import the API modules, AIP, Audit, AuditOutbox,
// Authorization, Identity, MerkleTree, Policy, PolicyPostgres, Postgres, Records, Tokens and ServiceRuntime; `SignIn` also
// JWTKit, CryptoExtras and NIOPosix (a pool of threads); `Issuer`, which asks an issuer outside, CryptoExtras, NIO and TLS.

import AIP
package import ArgumentParser
import AuditOutbox
import GRPCCore
import Identity
import Logging
import Policy
import PolicyPostgres
package import Postgres
import RPC
import Records
import Sealing
package import ServiceRuntime
import Tokens
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
      Migration(5, "count_roster", embedded: PackageResources._005_count_roster_sql),
      Migration(
        6, "create_audit_log",
        AuditOutbox.tables + String(decoding: PackageResources._006_create_audit_log_sql, as: UTF8.self)),
      Migration(7, "create_emergencies", embedded: PackageResources._007_create_emergencies_sql),
      Migration(8, "create_sign_in", embedded: PackageResources._008_create_sign_in_sql),
      Migration(9, "create_certificates", embedded: PackageResources._009_create_certificates_sql),
      Migration(10, "find_grant_uses", embedded: PackageResources._010_find_grant_uses_sql),
      Migration(11, "seal_secrets", embedded: PackageResources._011_seal_secrets_sql),
      Migration(12, "allow_external_issuer", embedded: PackageResources._012_allow_external_issuer_sql),
    ]
  }

  package static var commands: [any ParsableCommand.Type] {
    [BootstrapCommand.self, PolicyKeyCommand.self, AuditKeyCommand.self, ResealCommand.self]
  }

  package static var settings: [SettingGroup] {
    [
      MeshSettings.group, AccessControlConfiguration.group, AccessControlConfiguration.certificates,
      SignInSettings.group, IssuerSettings.group, Vault.group,
    ]
  }

  package static func makeParts(_ resources: ServiceResources) async throws -> ServiceParts {
    let mesh = try MeshClient(resources.runtime)
    let cases = RegisterFacts(cases: PBCaseFactsService.Client(wrapping: mesh.rpc.client))
    var parts = makeParts(
      pool: resources.pool, vault: try Vault(resources.settings), cases: cases,
      sources: Set(resources.settings[AccessControlConfiguration.sources]),
      authority: CertificateAuthority(resources.settings), hasher: PasswordHasher(resources.settings),
      lifetimes: Lifetimes(resources.settings),
      issuer: try ExternalIssuer(resources.settings, logger: resources.logger), logger: resources.logger)
    parts.background.append(mesh)
    return parts
  }

  /// The services over a pool, as tests make them too.
  static func makeParts(
    pool: PostgresPool, vault: Vault, cases: any CaseFactsSource, sources: Set<PeerIdentity>,
    authority: CertificateAuthority? = nil, clock: WallClock = .system, hasher: PasswordHasher,
    lifetimes: Lifetimes = Lifetimes(), issuer: ExternalIssuer? = nil, logger: Logger
  ) -> ServiceParts {
    let broadcast = PolicyBroadcast(pool: pool, vault: vault, clock: clock, logger: logger)
    let visitors = Visitors(pool: pool, clock: clock) { () throws(ServiceError) in try broadcast.current().evaluator }
    let tokens = PageTokens(pool: pool)
    let ledger = Ledger(pool: pool, ids: RecordID.Generator(), clock: clock, visitors: visitors)
    let lists = Lists(pool: pool, tokens: tokens, clock: clock)
    let facts = KnownFacts(register: cases, pool: pool, clock: clock)
    let directory = DirectoryService(visitors: visitors, lists: lists, ledger: ledger)
    let policy = PolicyService(
      visitors: visitors, ledger: ledger, tokens: tokens, clock: clock, pool: pool, broadcast: broadcast, cases: facts)
    let log = AuditLog(pool: pool, vault: vault, clock: clock)
    let trail = AuditTrail(pool: pool)
    let audit = AuditService(visitors: visitors, lists: lists, pool: pool, broadcast: broadcast, trail: trail)
    let collector = AuditCollectorService(log: log, sources: sources)
    let sights = CaseSights(pool: pool, broadcast: broadcast, cases: facts)
    let grants = GrantService(visitors: visitors, lists: lists, ledger: ledger, sights: sights)
    let emergencies = EmergencyService(visitors: visitors, lists: lists, ledger: ledger, sights: sights)
    let verifier = TokenVerifier(clock: { PolicyTime(clock.now()) })
    let sessions = Sessions(ids: ledger.ids, lifetimes: lifetimes, mint: TokenMint(vault: vault))
    let codes = InvitationCodes(pool: pool, vault: vault)
    let signIn = SignInService(
      pool: pool, clock: clock, hasher: hasher, sessions: sessions, codes: codes, vault: vault, issuer: issuer)
    let identity = IdentityService(
      visitors: visitors, lists: lists, ledger: ledger, pool: pool, sessions: sessions, codes: codes)
    let certificates = CertificateService(visitors: visitors, lists: lists, ledger: ledger, authority: authority)
    var parts = ServiceParts(
      rpcServices: [
        ServedService(directory) { $0.registerMethods(with: &$1) },
        ServedService(policy) { $0.registerMethods(with: &$1) },
        ServedService(grants) { $0.registerMethods(with: &$1) },
        ServedService(audit) { $0.registerMethods(with: &$1) },
        ServedService(collector) { $0.registerMethods(with: &$1) },
        ServedService(emergencies) { $0.registerMethods(with: &$1) },
        ServedService(signIn) { $0.registerMethods(with: &$1) },
        ServedService(identity) { $0.registerMethods(with: &$1) },
        ServedService(certificates) { $0.registerMethods(with: &$1) },
      ],
      descriptors: [VigilAccessAPIDescriptors.fileDescriptorSet],
      rules: [PBSignInService.descriptor.fullyQualifiedService: .guests],
      background: [
        Resealing(vault: vault, pool: pool, logger: logger), broadcast, trail,
        AuditRelay(pool: pool, log: OwnAuditLog(log: log), logger: logger),
        AuditHeads(log: log, logger: logger), TrustFeed(broadcast: broadcast, tokens: verifier), hasher,
        KeyRotation(pool: pool, vault: vault, clock: clock, lifetimes: lifetimes, logger: logger),
      ]
    )
    parts.tokens = verifier
    parts.endsStreams = { broadcast.end() }
    return parts
  }
}
