import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension SharingService {
  func createSharingRequest(
    request: PBCreateSharingRequestRequest, context: ServerContext
  ) async throws -> PBSharingRequest {
    _ = try await register.reads.gate.readers.current()
    let (asked, field) = (request.sharingRequest, "sharing_request")
    let caseID = try CaseName(parsing: asked.case, field: "\(field).case").id
    _ = try FieldRules.classes(asked.dataClasses, field: "\(field).data_classes", of: PBSharingRequest.sharable)
    guard Purpose(asked.purpose) != nil else { throw ServiceError.invalid("\(field).purpose", "is required") }
    let kept = try PBSharingRequest.with {
      $0.dataClasses = asked.dataClasses
      $0.purpose = asked.purpose
      $0.legalBasis = try FieldRules.text(asked.legalBasis, field: "\(field).legal_basis", limit: 500)
      $0.detail = try FieldRules.prose(asked.detail, field: "\(field).detail", limit: 2000)
    }
    return try await register.create(request, kept, about: caseID, context) { sight in
      // A State that stands in a relation to the case asks for itself; nobody asks for another.
      let asking: ReaderSet = [.hostState, .contributor, .nationalityState, .forumState]
      guard !sight.decision.readers.intersection(asking).isEmpty else { throw ServiceError.refused }
    } fill: { _ in
    }
  }
}
