import Foundation
import GRPCCore
import Policy
import SwiftProtobuf
import Testing
import VigilAccessAPI
import VigilTypeAPI

// Short forms of calls about grants and embargoes.
extension AccessHarness {
  /// A State with a system that has every role that a State's may have.
  func state(_ party: String) async throws -> (principal: PBPrincipal, uri: String) {
    let client = party.lowercased()
    let principal = try await principal(client, of: try await organisation(party, .state))
    for reader in [.hst, .tpc, .nat, .trd] as [PBReaderClass] { try await role(reader, to: principal.name) }
    return (principal, Self.uri(client))
  }

  /// A legal officer.
  func legalOfficer() async throws -> String {
    let principal = try await principal("ola", of: try await organisation("OLA", .secretariat)) {
      $0.principal.clearance = .strictlyConfidential
    }
    try await role(.leg, to: principal.name)
    return Self.uri("ola")
  }

  func request(
    _ classes: [PBDataClass], of caseName: String, to party: String, as uri: String,
    _ change: (inout PBRequestGrantRequest) -> Void = { _ in }
  ) async throws -> PBGrant {
    var request = PBRequestGrantRequest.with {
      $0.grant.case = caseName
      $0.grant.dataClasses = classes
      $0.grant.purpose = .investigation
      $0.grant.grantee = party
      $0.grant.legalBasis = "Request for mutual legal assistance"
      $0.grant.endTime = time.now
      $0.grant.endTime.seconds += 86_400
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await grants.requestGrant(request, metadata: caller(uri))
  }

  func approve(
    _ grant: PBGrant, as uri: String = officerURI, _ change: (inout PBApproveGrantRequest) -> Void = { _ in }
  ) async throws -> PBGrant {
    var request = PBApproveGrantRequest.with {
      $0.name = grant.name
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await grants.approveGrant(request, metadata: caller(uri))
  }

  func refuse(_ grant: PBGrant, as uri: String = officerURI) async throws -> PBGrant {
    try await grants.refuseGrant(
      .with {
        $0.name = grant.name
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }, metadata: caller(uri))
  }

  func revoke(_ grant: PBGrant, as uri: String = officerURI, etag: String = "") async throws -> PBGrant {
    try await grants.revokeGrant(
      .with {
        $0.name = grant.name
        $0.etag = etag
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }, metadata: caller(uri))
  }

  func record(
    _ conditions: [PBGrantCondition], of grant: PBGrant, as uri: String = officerURI
  ) async throws -> PBGrant {
    try await grants.recordGrantConditions(
      .with {
        $0.name = grant.name
        $0.fulfilledConditions = conditions
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }, metadata: caller(uri))
  }

  func embargo(
    _ kind: PBEmbargoKind, on caseName: String, as uri: String = officerURI
  ) async throws -> PBEmbargo {
    try await grants.createEmbargo(
      .with {
        $0.embargo.case = caseName
        $0.embargo.kind = kind
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }, metadata: caller(uri))
  }

  func lift(_ embargo: PBEmbargo, as uri: String = officerURI) async throws -> PBEmbargo {
    try await grants.liftEmbargo(
      .with {
        $0.name = embargo.name
        $0.reason = "test"
        $0.requestID = freshRequestID()
      }, metadata: caller(uri))
  }

  /// What the caller sees of a class in records of the case as a whole, and why not more.
  func sees(
    _ dataClass: PBDataClass, of caseName: String, as uri: String, for purpose: PBPurpose = .investigation
  ) async throws -> (transform: PBTransform?, reason: PBRedactionReason?, usedGrants: [String]) {
    let response = try await policy.check(
      .with {
        $0.case = caseName
        $0.action = .read
        $0.purpose = purpose
      }, metadata: caller(uri))
    let found = response.classes.first { $0.dataClass == dataClass }
    return (found?.others, found?.othersReason, response.usedGrants)
  }
}
