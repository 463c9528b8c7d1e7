import Foundation
import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer
@testable import CommandLineClient

/// Every method of decisions, grants, embargoes, emergencies and the log, called by those who have no business here.
/// (Those of the directory: ``AuthorisationTests``.)
@Suite("Who may call decisions, grants, emergencies and the log")
struct EveryMethodTests {
  struct Names: Sendable {
    var caseName: String
    var grant: PBGrant
    var embargo: PBEmbargo
    var emergency = "emergencyAccesses/0190b5a2-7c3e-7abc-8def-0123456789ab"
    var lockdown = "lockdowns/0190b5a2-7c3e-7abc-8def-0123456789ab"
    var notice = "notices/0190b5a2-7c3e-7abc-8def-0123456789ab"
    var certificate = "certificates/c0ffee"
  }

  struct Call: Sendable {
    var method: String
    var make: @Sendable (AccessHarness, String?, Names) async throws -> Void
  }

  private static let policyCalls: [Call] = [
    Call(method: "Check") { harness, uri, names in
      _ = try await harness.policy.check(
        .with {
          $0.case = names.caseName
          $0.action = .read
        }, metadata: caller(uri))
    },
    Call(method: "BatchCheck") { harness, uri, names in
      let question = PBCheckRequest.with {
        $0.case = names.caseName
        $0.action = .read
      }
      _ = try await harness.policy.batchCheck(.with { $0.requests = [question] }, metadata: caller(uri))
    },
    Call(method: "Explain") { harness, uri, names in
      _ = try await harness.policy.explain(
        .with {
          $0.check.case = names.caseName
          $0.check.action = .read
        }, metadata: caller(uri))
    },
    Call(method: "ListReaders") { harness, uri, names in
      _ = try await harness.policy.listReaders(.with { $0.case = names.caseName }, metadata: caller(uri))
    },
    Call(method: "GetPolicy") { harness, uri, _ in
      _ = try await harness.policy.getPolicy(.with { $0.name = "policy" }, metadata: caller(uri))
    },
    Call(method: "ApprovePolicy") { harness, uri, _ in
      _ = try await harness.policy.approvePolicy(
        .with {
          $0.digest = Data(repeating: 1, count: 32)
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }, metadata: caller(uri))
    },
    Call(method: "UpdatePolicy") { harness, uri, names in
      let text = try Policy.standard().canonicalText
      _ = try await harness.policy.updatePolicy(
        .with {
          $0.policy.text = text
          $0.approver = names.grant.requester
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }, metadata: caller(uri))
    },
    Call(method: "WatchPolicy") { harness, uri, _ in
      try await harness.policy.watchPolicy(.init(), metadata: caller(uri)) { response in
        // Whoever is let in gets a message at once; it is not to be waited for what follows.
        var messages = response.messages.makeAsyncIterator()
        if try await messages.next() != nil { throw LetIn() }
      }
    },
  ]

  private static let grantCalls: [Call] = [
    Call(method: "GetGrant") { harness, uri, names in
      _ = try await harness.grants.getGrant(.with { $0.name = names.grant.name }, metadata: caller(uri))
    },
    Call(method: "ListGrants") { harness, uri, _ in
      _ = try await harness.grants.listGrants(.init(), metadata: caller(uri))
    },
    Call(method: "RequestGrant") { harness, uri, names in
      var request = PBRequestGrantRequest.with {
        $0.grant.case = names.caseName
        $0.grant.dataClasses = [.exact]
        $0.grant.purpose = .investigation
        $0.grant.grantee = "EGY"
        $0.grant.legalBasis = "test"
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }
      request.grant.endTime = harness.time.now
      request.grant.endTime.seconds += 60
      _ = try await harness.grants.requestGrant(request, metadata: caller(uri))
    },
    Call(method: "ApproveGrant") { harness, uri, names in
      _ = try await harness.grants.approveGrant(
        .with {
          $0.name = names.grant.name
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }, metadata: caller(uri))
    },
    Call(method: "RefuseGrant") { harness, uri, names in
      _ = try await harness.grants.refuseGrant(
        .with {
          $0.name = names.grant.name
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }, metadata: caller(uri))
    },
    Call(method: "RecordGrantConditions") { harness, uri, names in
      _ = try await harness.grants.recordGrantConditions(
        .with {
          $0.name = names.grant.name
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }, metadata: caller(uri))
    },
    Call(method: "RevokeGrant") { harness, uri, names in
      _ = try await harness.grants.revokeGrant(
        .with {
          $0.name = names.grant.name
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }, metadata: caller(uri))
    },
    Call(method: "ListEmbargoes") { harness, uri, names in
      _ = try await harness.grants.listEmbargoes(.with { $0.parent = names.caseName }, metadata: caller(uri))
    },
    Call(method: "CreateEmbargo") { harness, uri, names in
      _ = try await harness.grants.createEmbargo(
        .with {
          $0.embargo.case = names.caseName
          $0.embargo.kind = .release
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }, metadata: caller(uri))
    },
    Call(method: "LiftEmbargo") { harness, uri, names in
      _ = try await harness.grants.liftEmbargo(
        .with {
          $0.name = names.embargo.name
          $0.reason = "test"
          $0.requestID = freshRequestID()
        }, metadata: caller(uri))
    },
  ]

  private static let auditCalls: [Call] = [
    Call(method: "ListAuditEntries") { harness, uri, _ in
      _ = try await harness.audit.listAuditEntries(.init(), metadata: caller(uri))
    },
    Call(method: "GetTreeHead") { harness, uri, _ in
      _ = try await harness.audit.getTreeHead(.init(), metadata: caller(uri))
    },
    Call(method: "GetInclusionProof") { harness, uri, _ in
      _ = try await harness.audit.getInclusionProof(.init(), metadata: caller(uri))
    },
    Call(method: "GetConsistencyProof") { harness, uri, _ in
      _ = try await harness.audit.getConsistencyProof(.with { $0.firstTreeSize = 1 }, metadata: caller(uri))
    },
    Call(method: "ExportAuditBundle") { harness, uri, _ in
      try await harness.audit.exportAuditBundle(.init(), metadata: caller(uri)) { response in
        for try await _ in response.messages {}
      }
    },
    Call(method: "CollectAuditRecords") { harness, uri, _ in
      _ = try await harness.collector.collectAuditRecords(.init(), metadata: caller(uri))
    },
  ]

  private static let calls = policyCalls + grantCalls + emergencyCalls + auditCalls + certificateCalls

  private struct LetIn: Error {}

  /// A method that is added and not listed above fails here.
  @Test func everyMethodIsTried() {
    for (calls, descriptors) in [
      (Self.policyCalls, PBPolicyService.Method.descriptors), (Self.grantCalls, PBGrantService.Method.descriptors),
      (Self.emergencyCalls, PBEmergencyService.Method.descriptors),
      (Self.auditCalls, PBAuditService.Method.descriptors + PBAuditCollectorService.Method.descriptors),
      (Self.certificateCalls, PBCertificateService.Method.descriptors),
    ] {
      #expect(calls.map(\.method).sorted() == descriptors.map(\.method).sorted())
    }
  }

  /// What there is to be asked about.
  private static func names(_ harness: AccessHarness) async throws -> (names: Names, egypt: (PBPrincipal, String)) {
    let (principal, uri) = try await harness.state("EGY")
    let caseName = try await harness.caseName()
    var names = Names(
      caseName: caseName, grant: try await harness.request([.exact], of: caseName, to: "EGY", as: uri),
      embargo: try await harness.embargo(.release, on: caseName))
    _ = try await harness.legalOfficer()
    let (_, focalPoint) = try await harness.reader(.mfp, "minusca", of: "minusca", .mission)
    names.emergency = try await harness.breakGlass(of: caseName, as: focalPoint).name
    names.notice = try #require(try await harness.notices(as: AccessHarness.officerURI).first).name
    names.lockdown = try await harness.lock("missions/minusca", .readOnly).name
    names.certificate = try await harness.requestCertificate(of: principal.name, with: NewKey(for: nil)).name
    return (names, (principal, uri))
  }

  /// Nobody, somebody whom the directory does not know, one that was stopped: refused everything in the same words,
  /// about what exists as about what does not.
  @Test func strangersAreRefusedEverything() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (names, (stopped, egypt)) = try await Self.names(harness)
      let missing = Names(
        caseName: "cases/0190b5a2-7c3e-7abc-8def-0123456789ab",
        grant: .with {
          $0.name = "grants/0190b5a2-7c3e-7abc-8def-0123456789ab"
          $0.requester = names.grant.requester
        },
        embargo: .with { $0.name = "embargoes/0190b5a2-7c3e-7abc-8def-0123456789ab" })
      _ = try await harness.disable(stopped.name)
      for call in Self.calls {
        let nobody = try await failure { try await call.make(harness, nil, names) }
        let isServices = ["WatchPolicy", "CollectAuditRecords"].contains(call.method)
        #expect(nobody?.code == (isServices ? .permissionDenied : .unauthenticated), "\(call.method)")
        var answers: Set<Failure> = []
        for uri in [egypt, AccessHarness.uri("unknown"), "spiffe://elsewhere.local/client/case-officer"] {
          for about in [names, missing] {
            let refused = try await failure { try await call.make(harness, uri, about) }
            answers.insert(try #require(refused, "\(call.method) as \(uri)"))
          }
        }
        #expect(answers.count == 1, "\(call.method): \(answers)")
        #expect(answers.first?.code == .permissionDenied && answers.first?.reason == "METHOD_NOT_PERMITTED")
      }
    }
  }

  /// An operator takes part, and neither sees nor decides anything of cases.
  @Test func anOperatorDecidesNothing() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (names, _) = try await Self.names(harness)
      let open = [
        "Check", "BatchCheck", "GetPolicy", "ListGrants", "ListEmergencyAccesses", "ListLockdowns", "ListNotices",
        "RequestCertificate", "RenewCertificate", "RevokeCertificate", "GetCertificate", "ListCertificates",
        // Of the log an operator gets hashes and proofs.
        "ListAuditEntries", "GetTreeHead", "GetInclusionProof", "GetConsistencyProof", "ExportAuditBundle",
      ]
      for call in Self.calls where !open.contains(call.method) {
        let refused = try await failure { try await call.make(harness, AccessHarness.operatorURI, names) }
        #expect([.permissionDenied, .notFound].contains(refused?.code), "\(call.method)")
      }
      let grants = try await harness.grants.listGrants(.init(), metadata: caller(AccessHarness.operatorURI)).grants
      #expect(grants.isEmpty)
      #expect(try await harness.accesses(as: AccessHarness.operatorURI).isEmpty)
      #expect(try await harness.notices(as: AccessHarness.operatorURI).isEmpty)
    }
  }
}
