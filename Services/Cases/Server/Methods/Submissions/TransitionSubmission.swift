import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI

extension SubmissionService {
  func transitionSubmission(
    request: PBTransitionSubmissionRequest, context: ServerContext
  ) async throws -> PBSubmission {
    let name = try RecordName<PBSubmission>(parsing: request.name)
    let target: SubmissionState = try FieldRules.word(request.state, field: "state")
    let caseID = request.case.isEmpty ? nil : try CaseName(parsing: request.case, field: "case").id
    let answer = try FieldRules.prose(request.answer, field: "answer", limit: 2000)
    return try await register.change(request, name, etag: request.etag, context) { change, view in
      // Nobody answers but headquarters; nobody withdraws but the originator.
      guard view.isHandled || target == .withdrawn && view.isOwn else { throw ServiceError.refused }
      let state: SubmissionState = try view.state()
      var content = try PBSubmission(serializedBytes: view.record.content)
      let about = try await named(caseID, of: view, change)
      if target == .accepted, let about {
        content.results = try await results(request.results, of: about, change)
      }
      if target == .declined { content.answer = answer }
      var shown: Set<ExchangeCondition> = []
      if view.isOwn { shown.insert(.originator) }
      if about != nil { shown.insert(.caseNamed) }
      if !content.results.isEmpty { shown.insert(.resultOnRecord) }
      if !content.answer.isEmpty { shown.insert(.answer) }
      try state.step(to: target, shown: shown, of: name)
      var record = try view.next(content, change)
      record.caseID = about
      record.state = target.rawValue
      return try await register.keep(record, change)
    }
  }

  /// The case that the submission is about from now on.
  ///
  /// - Throws: INVALID_ARGUMENT for another than it was said to be about; NOT_FOUND for one that the caller may not see.
  private func named(_ caseID: RecordID?, of view: ExchangeView, _ change: CaseChange) async throws -> RecordID? {
    guard let caseID, caseID != view.record.caseID else { return view.record.caseID }
    guard view.isHandled, view.record.caseID == nil else {
      throw ServiceError.invalid("case", "cannot be changed once it is said")
    }
    _ = try await register.reads.gate.sight(
      asking: CaseName(caseID), for: change.sight.reader, in: change.transaction)
    return caseID
  }

  /// What the submission led to.
  ///
  /// - Throws: INVALID_ARGUMENT for what is not on record of the case.
  private func results(_ names: [String], of caseID: RecordID, _ change: CaseChange) async throws -> [String] {
    guard names.count <= 20 else { throw ServiceError.invalid("results", "must be of at most 20") }
    let (testimonies, facts) = try await change.transaction.execute(
      SelectEntries<Testimony>(caseID: caseID), SelectEntries<ProceedingFact>(caseID: caseID))
    let known = Set(testimonies.map { AssertionName($0).description } + facts.map(\.name))
    guard names.allSatisfy({ known.contains($0) }) else {
      throw ServiceError.invalid("results", "must name assertions or facts that are on record of the case")
    }
    return names
  }
}
