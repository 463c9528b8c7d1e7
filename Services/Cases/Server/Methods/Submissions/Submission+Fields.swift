import AIP
import Policy
import SwiftProtobuf
import VigilCasesAPI

// What a submission says, and what that must be.
extension PBSubmission {
  static let fields: [RegisterField<PBSubmission>] = [
    .init("description") { $0.description_p = $1.description_p },
    .init("subject") { $0.subject = $1.subject },
    .init("text") { $0.text = $1.text },
    .init("language") { $0.language = $1.language },
    .init("legal_basis") { $0.legalBasis = $1.legalBasis },
    .init("document") { $0.document = $1.document },
    .init("audience", .summary) { $0.audience = $1.audience },
    .init("host_state", .summary) { $0.hostState = $1.hostState },
  ]

  /// Only what its originator says.
  var kept: PBSubmission {
    var kept = PBSubmission()
    for field in Self.fields { field.copy(&kept, self) }
    return kept
  }

  /// - Parameter isCaseNamed: whether it is said which case it is about.
  /// - Throws: INVALID_ARGUMENT for what cannot be.
  func check(isCaseNamed: Bool) throws(ServiceError) {
    let field = "submission"
    _ = try FieldRules.optionalText(description_p, field: "\(field).description", limit: 500)
    guard isCaseNamed || !description_p.isEmpty else {
      throw .invalid("\(field).description", "is required without a case")
    }
    _ = try FieldRules.text(subject, field: "\(field).subject", limit: 200)
    guard !(try FieldRules.prose(text, field: "\(field).text", limit: 10_000)).isEmpty else {
      throw .invalid("\(field).text", "is required")
    }
    _ = try FieldRules.language(language, field: "\(field).language")
    _ = try FieldRules.optionalText(legalBasis, field: "\(field).legal_basis", limit: 500)
    _ = try FieldRules.optionalText(document, field: "\(field).document", limit: 200)
    let audience: SubmissionAudience = try FieldRules.word(audience, field: "\(field).audience")
    if audience == .hostState {
      _ = try FieldRules.state(hostState, field: "\(field).host_state")
    } else if !hostState.isEmpty {
      throw .invalid("\(field).host_state", "is set with AUDIENCE_HOST_STATE only")
    }
  }
}

extension ExchangeRecord {
  /// Brings who may see a submission in line with what it says.
  mutating func release(by submission: PBSubmission) throws {
    content = try submission.serializedBytes()
    isForHeadquarters = submission.audience == .headquarters
    let named = submission.audience == .hostState ? [submission.hostState] : []
    releasedTo = (named + submission.consents.filter(\.isInForce).map(\.recipient)).compactMap { PartyID($0) }
  }
}

extension PBSubmissionConsent {
  var isInForce: Bool { !hasWithdrawTime }
}
