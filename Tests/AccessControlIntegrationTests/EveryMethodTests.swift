import Foundation
import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

@testable import AccessControlServer

/// Every method of the service's decisions, grants, embargoes and log, called by those who have no business here.
/// (Those of the directory: ``AuthorisationTests``.)
@Suite("Who may call decisions and grants")
struct EveryMethodTests {
  struct Names: Sendable {
    var caseName: String
    var grant: PBGrant
    var embargo: PBEmbargo
  }

  private struct Call: Sendable {
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

  private struct LetIn: Error {}

  /// A method that is added and not listed above fails here.
  @Test func everyMethodIsTried() {
    let policy = PBPolicyService.Method.descriptors.map(\.method)
    #expect(Set(Self.policyCalls.map(\.method)) == Set(policy) && Self.policyCalls.count == policy.count)
    let grants = PBGrantService.Method.descriptors.map(\.method)
    #expect(Set(Self.grantCalls.map(\.method)) == Set(grants) && Self.grantCalls.count == grants.count)
    let audit = (PBAuditService.Method.descriptors + PBAuditCollectorService.Method.descriptors).map(\.method)
    #expect(Set(Self.auditCalls.map(\.method)) == Set(audit) && Self.auditCalls.count == audit.count)
  }

  /// Nobody, somebody whom the directory does not know, one that was stopped: refused everything in the same words,
  /// about what exists as about what does not.
  @Test func strangersAreRefusedEverything() async throws {
    try await AccessHarness.run(hasRegister: true) { harness in
      let (stopped, egypt) = try await harness.state("EGY")
      let caseName = try await harness.caseName()
      let names = Names(
        caseName: caseName, grant: try await harness.request([.exact], of: caseName, to: "EGY", as: egypt),
        embargo: try await harness.embargo(.release, on: caseName))
      var missing = names
      missing.caseName = "cases/0190b5a2-7c3e-7abc-8def-0123456789ab"
      missing.grant.name = "grants/0190b5a2-7c3e-7abc-8def-0123456789ab"
      missing.embargo.name = "embargoes/0190b5a2-7c3e-7abc-8def-0123456789ab"
      _ = try await harness.disable(stopped.name)
      for call in Self.policyCalls + Self.grantCalls + Self.auditCalls {
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
      let (_, egypt) = try await harness.state("EGY")
      let caseName = try await harness.caseName()
      let names = Names(
        caseName: caseName, grant: try await harness.request([.exact], of: caseName, to: "EGY", as: egypt),
        embargo: try await harness.embargo(.release, on: caseName))
      let open = ["Check", "BatchCheck", "GetPolicy", "ListGrants"]
      for call in Self.policyCalls + Self.grantCalls where !open.contains(call.method) {
        let refused = try await failure { try await call.make(harness, AccessHarness.operatorURI, names) }
        #expect([.permissionDenied, .notFound].contains(refused?.code), "\(call.method)")
      }
      let grants = try await harness.grants.listGrants(.init(), metadata: caller(AccessHarness.operatorURI)).grants
      #expect(grants.isEmpty)
    }
  }
}
