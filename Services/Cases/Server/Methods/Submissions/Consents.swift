import AIP
import GRPCCore
import Policy
import Records
import SwiftProtobuf
import VigilCasesAPI

extension SubmissionService {
  func grantConsent(request: PBGrantConsentRequest, context: ServerContext) async throws -> PBSubmission {
    let field = "consent"
    let recipient = try FieldRules.party(request.consent.recipient, field: "\(field).recipient")
    try FieldRules.texts(request.consent.conditions, field: "\(field).conditions", most: 10, limit: 500)
    _ = try FieldRules.optionalText(request.consent.document, field: "\(field).document", limit: 200)
    return try await changeConsents(request, request.name, request.etag, context) { submission, view, now in
      guard try view.state(SubmissionState.self) != .withdrawn else {
        throw ServiceError(.failedPrecondition, .resourceEnded, "the submission is withdrawn")
      }
      guard recipient != view.record.party else {
        throw ServiceError.invalid("\(field).recipient", "must be another than the originator")
      }
      guard submission.place(ofConsentFor: recipient.description) == nil else {
        throw ServiceError(.failedPrecondition, .resourceExists, "consent for the party is in force")
      }
      guard submission.consents.count < 100 else { throw ServiceError.invalid(field, "must be one of at most 100") }
      var consent = request.consent
      consent.createTime = now
      consent.clearWithdrawTime()
      submission.consents.append(consent)
    }
  }

  func withdrawConsent(request: PBWithdrawConsentRequest, context: ServerContext) async throws -> PBSubmission {
    try await changeConsents(request, request.name, request.etag, context) { submission, _, now in
      guard let place = submission.place(ofConsentFor: request.recipient) else {
        throw ServiceError(.failedPrecondition, .resourceEnded, "no consent for the party is in force")
      }
      submission.consents[place].withdrawTime = now
    }
  }

  /// Nobody consents for another.
  private func changeConsents<Request>(
    _ request: Request, _ name: String, _ etag: String, _ context: ServerContext,
    _ body: (inout PBSubmission, ExchangeView, Google_Protobuf_Timestamp) throws -> Void
  ) async throws -> PBSubmission where Request: ChangeRequest {
    let name = try RecordName<PBSubmission>(parsing: name)
    return try await register.change(request, name, etag: etag, context) { change, view in
      try view.requireOwn()
      var submission = try PBSubmission(serializedBytes: view.record.content)
      try body(&submission, view, Google_Protobuf_Timestamp(change.now))
      var record = try view.next(submission, change)
      try record.release(by: submission)
      return try await register.keep(record, change)
    }
  }
}

extension PBSubmission {
  fileprivate func place(ofConsentFor party: String) -> Int? {
    consents.firstIndex { $0.recipient == party && $0.isInForce }
  }
}
