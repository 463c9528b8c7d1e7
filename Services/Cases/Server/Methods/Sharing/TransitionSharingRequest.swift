import AIP
import GRPCCore
import Policy
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

extension SharingService {
  func transitionSharingRequest(
    request: PBTransitionSharingRequestRequest, context: ServerContext
  ) async throws -> PBSharingRequest {
    let name = try RecordName<PBSharingRequest>(parsing: request.name)
    let target: SharingState = try FieldRules.word(request.state, field: "state")
    return try await register.change(request, name, etag: request.etag, context) { change, view in
      var content = try PBSharingRequest(serializedBytes: view.record.content)
      let state = try view.sharingState(of: content)
      guard view.mayTry(target, from: state) else { throw ServiceError.refused }
      if !request.safeguards.isEmpty { try record(request.safeguards, in: &content, state, view, change, of: name) }
      if target == .refused { content.answer = try FieldRules.prose(request.answer, field: "answer", limit: 2000) }
      if target == .approved { try approve(request, &content, change) }
      try state.step(to: target, shown: view.grounds(content, change).shown, of: name)
      var record = try view.next(content, change)
      record.state = target.rawValue
      return try await register.keep(record, change)
    }
  }

  func recordSafeguards(request: PBRecordSafeguardsRequest, context: ServerContext) async throws -> PBSharingRequest {
    let name = try RecordName<PBSharingRequest>(parsing: request.name)
    return try await register.change(request, name, etag: request.etag, context) { change, view in
      var content = try PBSharingRequest(serializedBytes: view.record.content)
      guard !request.safeguards.isEmpty else { throw ServiceError.invalid("safeguards", "is required") }
      try record(request.safeguards, in: &content, try view.sharingState(of: content), view, change, of: name)
      return try await register.keep(try view.next(content, change), change)
    }
  }

  /// Adds what is recorded to what is on record.
  private func record(
    _ safeguards: [PBSafeguard], in content: inout PBSharingRequest, _ state: SharingState, _ view: ExchangeView,
    _ change: CaseChange, of name: RecordName<PBSharingRequest>
  ) throws {
    guard view.isHandled else { throw ServiceError.refused }
    guard state.isOpen, state != .received, state != .refused else {
      throw ServiceError(SharingState.notUnderReview(state), on: name.description)
    }
    guard safeguards.count <= 10, content.safeguards.count < 100 else {
      throw ServiceError.invalid("safeguards", "must be of at most 10, and 100 in all")
    }
    for (index, message) in safeguards.enumerated() {
      let safeguard = try Safeguard(message, field: "safeguards[\(index)]", recorder: change.author)
      // The immunity is the Organization's, and what it takes to waive it is for its lawyers to say.
      if safeguard.kind == .immunityWaiver, !view.isByLegalOfficer {
        throw ServiceError(StepRefusal<SharingState>.missing([.legalOfficer]), on: name.description)
      }
      var kept = message
      kept.recorder = PrincipalName(change.author).description
      kept.createTime = Google_Protobuf_Timestamp(change.now)
      content.safeguards.append(kept)
    }
  }

  /// - Throws: PERMISSION_DENIED for who may not pass on what is approved; INVALID_ARGUMENT for what was not asked for.
  private func approve(
    _ request: PBTransitionSharingRequestRequest, _ content: inout PBSharingRequest, _ change: CaseChange
  ) throws {
    let given = request.approvedClasses.isEmpty ? content.dataClasses : request.approvedClasses
    let classes = try FieldRules.classes(given, field: "approved_classes", of: content.askedClasses)
    try change.sight.require(.share, classes)
    try FieldRules.texts(request.conditions, field: "conditions", most: 10, limit: 500)
    content.approvedClasses = classes.map { PBDataClass($0) }
    content.conditions = request.conditions
    content.approver = PrincipalName(change.author).description
    guard request.hasExpireTime else { return }
    let year: Int64 = 366 * 86_400
    guard let expiry = PostgresTimestamp(request.expireTime), expiry > change.now,
      request.expireTime.seconds - (change.now.secondsSince1970 ?? 0) <= year
    else { throw ServiceError.invalid("expire_time", "must be a time within a year") }
    content.expireTime = request.expireTime
  }
}

extension SharingState {
  fileprivate static func notUnderReview(_ state: SharingState) -> StepRefusal<SharingState> {
    .notAllowed(after: state, allowed: state.next)
  }
}

extension ExchangeView {
  var isByLegalOfficer: Bool { sight.decision.readers.contains(.legal) }

  /// What there is to show for the next step.
  func grounds(_ content: PBSharingRequest, _ change: CaseChange) -> SharingGrounds {
    SharingGrounds(
      person: change.author, asker: record.creator, isOriginator: isOwn, isLegalOfficer: isByLegalOfficer,
      safeguards: content.safeguards.compactMap { Safeguard($0) }, hasAnswer: !content.answer.isEmpty,
      hasExpiry: content.hasExpireTime)
  }
}
