import AIP
import GRPCCore
import Policy
import SwiftProtobuf
import VigilCasesAPI

extension SubmissionService {
  func createSubmission(request: PBCreateSubmissionRequest, context: ServerContext) async throws -> PBSubmission {
    // Who may not call is not told what a submission must be.
    _ = try await register.reads.gate.readers.current()
    let text = request.submission.case
    let caseID = text.isEmpty ? nil : try CaseName(parsing: text, field: "submission.case").id
    let submission = request.submission.kept
    try submission.check(isCaseNamed: caseID != nil)
    return try await register.create(request, submission, about: caseID, context) { sight in
      try sight.require(.contribute, [.submissions])
    } fill: { record in
      try record.release(by: submission)
    }
  }

  func updateSubmission(request: PBUpdateSubmissionRequest, context: ServerContext) async throws -> PBSubmission {
    let message = request.submission
    let name = try RecordName<PBSubmission>(parsing: message.name, field: "submission.name")
    let paths = request.hasUpdateMask ? request.updateMask.paths : []
    let mask = try RegisterField.mask(paths, of: message, in: PBSubmission.fields)
    return try await register.change(request, name, etag: message.etag, context) { change, view in
      try view.requireOwn()
      let state: SubmissionState = try view.state()
      guard state.isOpen || state != .withdrawn && mask.allSatisfy({ $0.extent == .summary }) else {
        throw ServiceError(.failedPrecondition, .resourceEnded, "the submission is answered or withdrawn")
      }
      var content = try PBSubmission(serializedBytes: view.record.content)
      for field in mask { field.copy(&content, message) }
      if content.audience != .hostState, !mask.contains(where: { $0.name == "host_state" }) { content.hostState = "" }
      try content.check(isCaseNamed: view.record.caseID != nil)
      var record = try view.next(content, change)
      try record.release(by: content)
      return try await register.keep(record, change)
    }
  }
}

extension ExchangeView {
  /// - Throws: PERMISSION_DENIED for who acts for another party.
  func requireOwn() throws(ServiceError) {
    guard isOwn else { throw .refused }
  }
}
