import Foundation
import GRPCCore
import GRPCInProcessTransport
import SwiftProtobuf
import Testing
import VigilCasesAPI
import VigilTypeAPI

@testable import CasesServer

// Short forms of calls about submissions and requests for data.
extension ProgressHarness {
  var submissions: PBSubmissionService.Client<InProcessTransport.Client> {
    PBSubmissionService.Client(wrapping: client)
  }
  var sharing: PBSharingService.Client<InProcessTransport.Client> { PBSharingService.Client(wrapping: client) }

  // MARK: Submissions

  @discardableResult
  func submit(
    about name: String = "", as person: Person = .contributor, _ change: (inout PBSubmission) -> Void = { _ in }
  ) async throws -> PBSubmission {
    var request = PBCreateSubmissionRequest.with {
      $0.submission.case = name
      $0.submission.description_p = name.isEmpty ? "A patrol near Naqoura, May 2020" : ""
      $0.submission.subject = "Intercepted call"
      $0.submission.text = "First line\nsecond line"
      $0.submission.legalBasis = "Law 12"
      $0.submission.audience = .mission
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request.submission)
    return try await submissions.createSubmission(request, metadata: person.metadata)
  }

  func submission(
    _ name: String, as person: Person, at time: Google_Protobuf_Timestamp? = nil
  ) async throws -> PBSubmission {
    var request = PBGetSubmissionRequest.with { $0.name = name }
    if let time { request.readTime = time }
    return try await submissions.getSubmission(request, metadata: person.metadata)
  }

  func submissions(as person: Person, _ filter: String = "", pageSize: Int32 = 0) async throws -> [PBSubmission] {
    var request = PBListSubmissionsRequest.with { ($0.filter, $0.pageSize) = (filter, pageSize) }
    var found: [PBSubmission] = []
    repeat {
      let page = try await submissions.listSubmissions(request, metadata: person.metadata)
      #expect(pageSize == 0 || page.submissions.count <= Int(pageSize))
      found += page.submissions
      request.pageToken = page.nextPageToken
    } while !request.pageToken.isEmpty
    return found
  }

  @discardableResult
  func answer(
    _ name: String, _ state: PBSubmission.State, as person: Person = .officer,
    _ change: (inout PBTransitionSubmissionRequest) -> Void = { _ in }
  ) async throws -> PBSubmission {
    var request = PBTransitionSubmissionRequest.with {
      ($0.name, $0.state) = (name, state)
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await submissions.transitionSubmission(request, metadata: person.metadata)
  }

  @discardableResult
  func rewrite(
    _ name: String, _ paths: [String], as person: Person = .contributor, _ change: (inout PBSubmission) -> Void
  ) async throws -> PBSubmission {
    var request = PBUpdateSubmissionRequest.with {
      $0.submission.name = name
      $0.updateMask.paths = paths
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request.submission)
    return try await submissions.updateSubmission(request, metadata: person.metadata)
  }

  @discardableResult
  func consent(
    to recipient: String, of name: String, _ conditions: [String] = [], as person: Person = .contributor
  ) async throws -> PBSubmission {
    let request = PBGrantConsentRequest.with {
      $0.name = name
      $0.consent.recipient = recipient
      $0.consent.conditions = conditions
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await submissions.grantConsent(request, metadata: person.metadata)
  }

  @discardableResult
  func withdrawConsent(
    to recipient: String, of name: String, as person: Person = .contributor
  ) async throws -> PBSubmission {
    let request = PBWithdrawConsentRequest.with {
      ($0.name, $0.recipient) = (name, recipient)
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await submissions.withdrawConsent(request, metadata: person.metadata)
  }

  // MARK: Requests

  @discardableResult
  func ask(
    _ classes: [PBDataClass], of name: String, as person: Person = .prosecutor
  ) async throws -> PBSharingRequest {
    let request = PBCreateSharingRequestRequest.with {
      $0.sharingRequest.case = name
      $0.sharingRequest.dataClasses = classes
      $0.sharingRequest.purpose = .prosecution
      $0.sharingRequest.legalBasis = "Treaty of 1999"
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await sharing.createSharingRequest(request, metadata: person.metadata)
  }

  func sharingRequest(_ name: String, as person: Person) async throws -> PBSharingRequest {
    try await sharing.getSharingRequest(.with { $0.name = name }, metadata: person.metadata)
  }

  @discardableResult
  func move(
    _ name: String, to state: PBSharingRequest.State, as person: Person = .officer,
    _ change: (inout PBTransitionSharingRequestRequest) -> Void = { _ in }
  ) async throws -> PBSharingRequest {
    var request = PBTransitionSharingRequestRequest.with {
      ($0.name, $0.state) = (name, state)
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    change(&request)
    return try await sharing.transitionSharingRequest(request, metadata: person.metadata)
  }

  static func safeguard(_ kind: PBSafeguard.Kind, _ outcome: PBSafeguard.Outcome) -> PBSafeguard {
    .with {
      ($0.kind, $0.outcome) = (kind, outcome)
      $0.document = outcome == .pending ? "" : "OLA/1"
    }
  }

  @discardableResult
  func record(
    _ safeguards: [PBSafeguard], of name: String, as person: Person = .officer
  ) async throws -> PBSharingRequest {
    let request = PBRecordSafeguardsRequest.with {
      ($0.name, $0.safeguards) = (name, safeguards)
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await sharing.recordSafeguards(request, metadata: person.metadata)
  }

  /// A request that is approved in all that it asks for, for a day.
  func approved(
    _ classes: [PBDataClass], of name: String, as person: Person = .prosecutor, conditions: [String] = []
  ) async throws -> PBSharingRequest {
    let asked = try await ask(classes, of: name, as: person).name
    try await move(asked, to: .legalReview)
    try await move(asked, to: .safeguards, as: .counsel) {
      $0.safeguards = [Self.safeguard(.immunityWaiver, .notNeeded)]
    }
    try await record([Self.safeguard(.riskAssessment, .satisfied)], of: asked)
    return try await move(asked, to: .approved, as: .secondOfficer) {
      $0.safeguards = [Self.safeguard(.deathPenaltyAssurance, .satisfied)]
      $0.conditions = conditions
      $0.expireTime = time.now
      $0.expireTime.seconds += 86_400
    }
  }

  @discardableResult
  func makePackage(_ request: String, as person: Person = .officer) async throws -> PBDisclosurePackage {
    let request = PBCreateDisclosurePackageRequest.with {
      $0.sharingRequest = request
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await sharing.createDisclosurePackage(request, metadata: person.metadata)
  }

  func disclosed(
    _ classes: [PBDataClass], of name: String, as person: Person = .prosecutor, conditions: [String] = []
  ) async throws -> PBDisclosurePackage {
    try await makePackage(try await approved(classes, of: name, as: person, conditions: conditions).name)
  }

  func packageRecord(_ name: String, as person: Person) async throws -> PBDisclosurePackage {
    try await sharing.getDisclosurePackage(.with { $0.name = name }, metadata: person.metadata)
  }

  func downloadPackage(_ name: String, as person: Person = .prosecutor) async throws -> Data {
    try await sharing.downloadDisclosurePackage(.with { $0.name = name }, metadata: person.metadata).document
  }

  @discardableResult
  func revoke(_ name: String, as person: Person = .officer) async throws -> PBDisclosurePackage {
    let request = PBRevokeDisclosurePackageRequest.with {
      $0.name = name
      $0.reason = "test"
      $0.requestID = freshRequestID()
    }
    return try await sharing.revokeDisclosurePackage(request, metadata: person.metadata)
  }

  func attribute(_ document: Data, as person: Person = .officer) async throws -> PBAttributeDisclosureResponse {
    try await sharing.attributeDisclosure(.with { $0.document = document }, metadata: person.metadata)
  }
}
