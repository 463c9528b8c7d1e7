import Authorization
import GRPCCore
import GRPCProtobuf
import GRPCTransport
import Identity
import Logging
import NIOCore
import Postgres
import RPC
import Sealing
import ServiceLifecycle
import TLS
import Telemetry
import TestSupport
import Testing
import VigilAccessAPI

@testable import AccessControlServer
@testable import CasesServer
@testable import NotificationsServer
@testable import ReportingServer
@testable import ServiceRuntime

/// Every method of every service as its process offers it, over TLS, called by those who may not: with empty requests,
/// since whoever may not call is told so before anything is read.
///
/// What is refused to whom by what a request says is tried with each service's own tests.
@Suite("Every RPC of every service", .timeLimit(.minutes(5)))
struct EveryRPCTests {
  /// Whom a method serves.
  enum Rule: Hashable {
    /// Who is connected through the gateway and has an identity, whoever it is.
    case identified
    /// Who is enrolled; what it gets is decided by the policy.
    case enrolled
    /// Whoever the gateway brings: here one proves who one is.
    case guests
    /// Processes of the system.
    case services
    /// The process of the system that the rule names.
    case named
  }

  /// A method that is added and not listed here fails.
  private static let rules: [String: [Rule: [String]]] = [
    "vigil.access.v1.DirectoryService": [
      .enrolled: [
        "GetOrganisation", "ListOrganisations", "CreateOrganisation", "GetPrincipal", "ListPrincipals",
        "CreatePrincipal", "DisablePrincipal", "ListRoleAssignments", "CreateRoleAssignment", "EndRoleAssignment",
        "ListDelegations", "CreateDelegation", "RevokeDelegation",
      ]
    ],
    "vigil.access.v1.PolicyService": [
      .enrolled: ["Check", "BatchCheck", "Explain", "ListReaders", "GetPolicy", "ApprovePolicy", "UpdatePolicy"],
      .services: ["WatchPolicy"],
    ],
    "vigil.access.v1.GrantService": [
      .enrolled: [
        "GetGrant", "ListGrants", "RequestGrant", "ApproveGrant", "RefuseGrant", "RecordGrantConditions",
        "RevokeGrant", "ListEmbargoes", "CreateEmbargo", "LiftEmbargo",
      ]
    ],
    "vigil.access.v1.EmergencyService": [
      .enrolled: [
        "BreakGlass", "ListEmergencyAccesses", "ReviewEmergencyAccess", "CreateLockdown", "ListLockdowns",
        "EndLockdown", "ListNotices", "AcknowledgeNotice",
      ]
    ],
    "vigil.access.v1.CertificateService": [
      .enrolled: [
        "RequestCertificate", "IssueCertificate", "RenewCertificate", "RevokeCertificate", "GetCertificate",
        "ListCertificates",
      ]
    ],
    "vigil.access.v1.SignInService": [
      .guests: [
        "BeginEnrolment", "CompleteEnrolment", "SignIn", "RefreshTokens", "SignOut", "GetKeySet", "GetExternalIssuer",
        "SignInExternally",
      ]
    ],
    "vigil.access.v1.IdentityService": [
      .enrolled: ["GetIdentity", "CreateInvitation", "ListSessions", "EndSession", "ExchangeToken"]
    ],
    "vigil.access.v1.AuditService": [
      .enrolled: [
        "ListAuditEntries", "GetTreeHead", "GetInclusionProof", "GetConsistencyProof", "ExportAuditBundle",
      ]
    ],
    "vigil.access.v1.AuditCollectorService": [.services: ["CollectAuditRecords"]],
    "vigil.cases.v1.CaseService": [.enrolled: ["GetCase", "ListCases", "GetMission", "ListMissions"]],
    "vigil.cases.v1.ImportService": [.enrolled: ["ImportUNFatalities"]],
    "vigil.cases.v1.ExerciseService": [.enrolled: ["GenerateExercise"]],
    "vigil.cases.v1.SearchService": [.enrolled: ["SearchCases"]],
    "vigil.cases.v1.ExportService": [.enrolled: ["ExportCases"]],
    "vigil.cases.v1.CaseFactsService": [.named: ["BatchGetCaseFacts"]],
    "vigil.cases.v1.LifecycleService": [
      .enrolled: [
        "CreateCase", "GetCaseLifecycle", "ListCaseTransitions", "TransitionCase", "ProposeClosure", "ConfirmClosure",
        "RefuseClosure", "ListClosures", "ProposeRegrading", "ConfirmRegrading", "RefuseRegrading", "ListRegradings",
        "MergeCase", "UnmergeCase", "FindDuplicates",
      ]
    ],
    "vigil.cases.v1.ProgressService": [
      .enrolled: [
        "GetCaseProgress", "ListTimeline", "CreateProceeding", "ListProceedings", "CreateProceedingFact",
        "ListProceedingFacts", "CreateSuspect", "ListSuspects", "CreateTrack", "CreateStageAssertion",
        "ListStageAssertions", "CreateCommunication", "ListCommunications", "CreateProposal", "ListProposals",
        "AcceptProposal", "RefuseProposal", "WithdrawProposal",
      ]
    ],
    "vigil.cases.v1.AssistanceService": [
      .enrolled: [
        "CreateAssistanceRequest", "GetAssistanceRequest", "ListAssistanceRequests", "UpdateAssistanceRequest",
        "TransitionAssistanceRequest", "CreateAssistanceDelivery", "GetAssistanceDelivery",
        "ListAssistanceDeliveries", "UpdateAssistanceDelivery", "CreateVoluntaryContribution",
        "GetVoluntaryContribution", "ListVoluntaryContributions", "UpdateVoluntaryContribution", "CreateHostMeasure",
        "GetHostMeasure", "ListHostMeasures", "UpdateHostMeasure", "CreatePreventionMeasure", "GetPreventionMeasure",
        "ListPreventionMeasures", "UpdatePreventionMeasure", "CreateInvestigatorDeployment",
        "GetInvestigatorDeployment", "ListInvestigatorDeployments", "UpdateInvestigatorDeployment",
      ]
    ],
    "vigil.cases.v1.FocalPointService": [
      .enrolled: [
        "CreateFocalPoint", "GetFocalPoint", "ListFocalPoints", "HandOverFocalPoint", "AcknowledgeHandover",
        "EndFocalPoint", "ListFocalPointGaps",
      ]
    ],
    "vigil.cases.v1.VocabularyService": [.enrolled: ["GetVocabulary", "ListVocabularies"]],
    "vigil.cases.v1.MissionService": [
      .enrolled: ["UpdateMission", "CreateMissionHost", "UpdateMissionHost", "EndMissionHost"]
    ],
    "vigil.cases.v1.VictimService": [
      .enrolled: ["CreateVictim", "BatchCreateVictims", "UpdateVictim", "WithdrawVictim"]
    ],
    "vigil.cases.v1.IncidentService": [
      .enrolled: ["CreateIncident", "UpdateIncident", "GetIncident", "ListIncidents", "ListIncidentAccounts"]
    ],
    "vigil.cases.v1.SubmissionService": [
      .enrolled: [
        "CreateSubmission", "GetSubmission", "ListSubmissions", "UpdateSubmission", "TransitionSubmission",
        "GrantConsent", "WithdrawConsent",
      ]
    ],
    "vigil.cases.v1.SharingService": [
      .enrolled: [
        "CreateSharingRequest", "GetSharingRequest", "ListSharingRequests", "RecordSafeguards",
        "TransitionSharingRequest", "CreateDisclosurePackage", "GetDisclosurePackage", "ListDisclosurePackages",
        "DownloadDisclosurePackage", "RevokeDisclosurePackage", "AttributeDisclosure",
      ]
    ],
    "vigil.cases.v1.EvidenceService": [
      .enrolled: [
        "CreateEvidenceItem", "UpdateEvidenceItem", "GetEvidenceItem", "ListEvidenceItems", "UploadEvidence",
        "GetUploadState", "DownloadEvidence", "HandOverEvidence", "ReceiveEvidence", "ListCustodyEvents",
        "PlaceLegalHold", "LiftLegalHold", "ProposeDisposal", "ConfirmDisposal",
      ]
    ],
    "vigil.feed.v1.FeedService": [.enrolled: ["ListChanges", "WatchChanges"]],
    "grpc.reflection.v1.ServerReflection": [.identified: ["ServerReflectionInfo"]],
    "grpc.reflection.v1alpha.ServerReflection": [.identified: ["ServerReflectionInfo"]],
  ]

  static func rule(of method: MethodDescriptor) -> Rule? {
    rules[method.service.fullyQualifiedService]?.first { $0.value.contains(method.method) }?.key
  }

  /// The services' parts, from their composition roots.
  static func parts(_ harness: AccessHarness, _ folder: TemporaryFolder) async throws -> [ServiceParts] {
    let key = try await PolicySigner.current(harness.pool, AccessHarness.vault).publicKey
    var settings = Settings()
    settings.set(Setting<String>("policy.keys", default: nil, ""), to: try folder.write(key.text, to: "policy.keys"))
    settings.set(Vault.setting, to: try folder.write(String(repeating: "07", count: 32), to: "sealing.keys"))
    settings.set(Setting<String>("evidence.directory", default: nil, ""), to: folder.file("evidence"))
    let runtime = ProcessRuntime(name: "test", settings: settings, logger: quiet)
    let resources = ServiceResources(runtime: runtime, pool: harness.pool)
    return [
      try await AccessControlServer.makeParts(resources), try await CasesServer.makeParts(resources),
      try await NotificationsServer.makeParts(resources), try await ReportingServer.makeParts(resources),
    ]
  }

  static func methods(of parts: ServiceParts) -> [MethodDescriptor] {
    var router = RPCRouter<HTTP2ServerTransport>()
    for service in parts.rpcServices { service.registerMethods(with: &router) }
    return router.methods
  }

  static let reflection = rules.keys.filter { $0.hasPrefix("grpc.") }.map {
    MethodDescriptor(fullyQualifiedService: $0, method: "ServerReflectionInfo")
  }

  static let quiet = Logger(label: "test.rpc") { _ in SwiftLogNoOpLogHandler() }
  static let gateway = PeerIdentity(trustDomain: "vigil.local", kind: .service, name: "gateway")

  @Test func everyMethodHasARule() async throws {
    try await AccessHarness.run { harness in
      let folder = try TemporaryFolder("rpc")
      let offered = Set(
        try await Self.parts(harness, folder).flatMap { Self.methods(of: $0).map(\.fullyQualifiedMethod) })
      let ruled = Self.rules.filter { $0.key.hasPrefix("vigil.") }.flatMap { service, rules in
        rules.values.joined().map { "\(service)/\($0)" }
      }
      #expect(offered == Set(ruled) && ruled.count == Set(ruled).count)
    }
  }

  // MARK: Callers

  /// Who calls: by a certificate, or none, and naming somebody, or nobody.
  struct Call: Sendable {
    var name: String
    var files: TLSFiles
    var named: String?
    var token: String?
    /// What each method answers; nil where that is the method's own affair.
    var answer: @Sendable (Rule) -> [RPCError.Code]?
  }

  private static func calls(_ authority: TestCertificateAuthority, stopped: String) throws -> [Call] {
    let other = try TestCertificateAuthority("another", folder: authority.folder)
    let (officer, gateway) = (AccessHarness.officerURI, gateway.uri)
    let ownGateway = try authority.client(uri: gateway, as: "gateway")
    var strange = try other.client(uri: gateway, as: "strange")
    strange.authorities = authority.authorityFile
    func all(_ code: RPCError.Code) -> @Sendable (Rule) -> [RPCError.Code]? { { _ in [code] } }
    let enrolled: @Sendable (Rule) -> [RPCError.Code]? = { rule in
      switch rule {
      case .identified, .guests: nil
      // An empty request may be told to be one; a service without a fresh policy lets nobody in.
      case .enrolled: [.permissionDenied, .invalidArgument, .unavailable]
      case .services, .named: [.permissionDenied]
      }
    }
    return [
      Call(name: "nobody", files: authority.trustOnly, named: nil, answer: all(.unauthenticated)),
      Call(
        name: "nobody, naming an officer", files: authority.trustOnly, named: officer, answer: all(.unauthenticated)),
      Call(name: "a certificate of another authority", files: strange, named: officer, answer: all(.unavailable)),
      Call(
        name: "a client past the gateway", files: try authority.client(uri: officer, as: "officer"), named: nil,
        answer: all(.permissionDenied)),
      Call(
        name: "a client that names another", files: try authority.client(uri: AccessHarness.uri("ken"), as: "ken"),
        named: officer, answer: all(.permissionDenied)),
      Call(
        name: "a service past the gateway",
        files: try authority.client(uri: "spiffe://vigil.local/service/reporting", as: "reporting"), named: nil,
        answer: all(.permissionDenied)),
      Call(
        name: "a service that names another",
        files: try authority.client(uri: "spiffe://vigil.local/service/cases", as: "cases"), named: officer,
        answer: all(.permissionDenied)),
      Call(
        name: "the gateway for nobody it can name", files: ownGateway, named: "officer", answer: all(.unauthenticated)),
      // A service that has not been told of keys says so.
      Call(
        name: "an officer with a token that is none", files: ownGateway, named: officer, token: "a.b.c",
        answer: { _ in [.unauthenticated, .unavailable] }),
      Call(name: "who is not enrolled", files: ownGateway, named: AccessHarness.uri("unknown"), answer: enrolled),
      Call(name: "who was stopped", files: ownGateway, named: stopped, answer: enrolled),
      Call(
        name: "of another domain", files: ownGateway, named: "spiffe://elsewhere.local/client/case-officer",
        answer: enrolled),
      Call(
        name: "a service that is none of ours to a client's method", files: ownGateway,
        named: "spiffe://vigil.local/service/reporting",
        answer: { rule in
          switch rule {
          case .identified, .guests, .services: nil
          case .enrolled: [.permissionDenied, .invalidArgument, .unavailable]
          case .named: [.permissionDenied]
          }
        }),
    ]
  }

  @Test func whoeverMayNotIsRefused() async throws {
    try await AccessHarness.run { harness in
      let folder = try TemporaryFolder("rpc")
      let authority = try TestCertificateAuthority()
      let (principal, stopped) = try await harness.state("EGY")
      _ = try await harness.disable(principal.name)
      let calls = try Self.calls(authority, stopped: stopped)
      for parts in try await Self.parts(harness, folder) {
        try await Self.serving(parts, try authority.server(uri: Self.gateway.uri)) { port in
          for call in calls {
            var answers: [MethodDescriptor: [RPCError.Code]] = [:]
            for method in Self.methods(of: parts) + Self.reflection {
              answers[method] = call.answer(try #require(Self.rule(of: method), "\(method)"))
            }
            guard !answers.isEmpty else { continue }
            try await Self.make(call, port, expecting: answers)
          }
        }
      }
    }
  }

  static func make(
    _ call: Call, _ port: Int, expecting answers: [MethodDescriptor: [RPCError.Code]]
  ) async throws {
    try await withClient(port, call.files) { client in
      for (method, expected) in answers {
        let refused = try await refusal(client, method, by: call)
        let answer = refused?.code.description ?? "let in"
        #expect(refused.map { expected.contains($0.code) } == true, "\(method) by \(call.name): \(answer)")
      }
    }
  }

  // MARK: Over the wire

  static func serving<Result: Sendable>(
    _ parts: ServiceParts, _ files: TLSFiles, _ body: @Sendable (Int) async throws -> Result
  ) async throws -> Result {
    let tls = TLSServerConfiguration(files: files, clientCertificates: .optional)
    let transport = HTTP2ServerTransport(
      address: .hostname("127.0.0.1", port: 0), security: .tls(try TLSContextProvider(server: tls, logger: quiet)),
      logger: quiet)
    var configuration = RPCServerConfiguration(
      services: parts.rpcServices, descriptors: parts.descriptors,
      access: AccessPolicy(intermediaries: [gateway], directPeers: .only([gateway]), rules: parts.rules),
      logger: quiet, metrics: PrometheusRegistry())
    configuration.additional = parts.interceptors
    configuration.tokens = parts.tokens
    let server = RPCServer(transport: transport, configuration: configuration)
    return try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await server.run() }
      defer { group.cancelAll() }
      return try await body(try await transport.listeningAddress.port ?? 0)
    }
  }

  static func withClient<Result: Sendable>(
    _ port: Int, _ files: TLSFiles, _ body: @Sendable (GRPCClient<HTTP2ClientTransport>) async throws -> Result
  ) async throws -> Result {
    let tls = try TLSContextProvider(client: TLSClientConfiguration(files: files), logger: quiet)
    let transport = HTTP2ClientTransport(target: .host("127.0.0.1", port: port), tls: tls, logger: quiet)
    return try await withGRPCClient(transport: transport) { client in try await body(client) }
  }

  /// The error that a call with one message ends with; nil when it is served.
  static func refusal(
    _ client: GRPCClient<HTTP2ClientTransport>, _ method: MethodDescriptor, by call: Call, _ message: [UInt8] = []
  ) async throws -> RPCError? {
    var options = CallOptions.defaults
    options.timeout = .seconds(10)
    var metadata: Metadata = [:]
    if let uri = call.named { metadata = ["vigil-peer-uri": .string(uri), "vigil-peer-serial": "1f"] }
    if let token = call.token { metadata.addString("Bearer \(token)", forKey: "authorization") }
    do {
      try await client.bidirectionalStreaming(
        request: StreamingClientRequest(metadata: metadata) { writer in try await writer.write(message) },
        descriptor: method, serializer: Bytes(), deserializer: Bytes(), options: options
      ) { response in
        for try await _ in response.messages { return }
      }
      return nil
    } catch let error as RPCError {
      return error
    }
  }
}

/// Any message out, and what comes in is not looked at.
private struct Bytes: MessageSerializer, MessageDeserializer {
  func serialize<Buffer: GRPCContiguousBytes>(_ message: [UInt8]) throws -> Buffer { Buffer(message) }

  func deserialize<Buffer: GRPCContiguousBytes>(_ bytes: Buffer) throws -> [UInt8] { [] }
}
