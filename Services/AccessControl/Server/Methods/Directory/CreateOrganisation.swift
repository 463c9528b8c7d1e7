import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension DirectoryService {
  func createOrganisation(
    request: PBCreateOrganisationRequest, context: ServerContext
  ) async throws -> PBOrganisation {
    try await ledger.record(request, context) { change in
      try change.visitor.require(change.visitor.administration.mayEnrol)
      let organisation = try Organisation(request.organisation, id: change.newID(), now: change.now)
      try await change.transaction.execute(InsertOrganisation(organisation: organisation))
      return PBOrganisation(organisation)
    }
  }
}

extension Organisation {
  /// What a request wants made.
  fileprivate init(_ message: PBOrganisation, id: RecordID, now: PolicyTime) throws(ServiceError) {
    guard let kind = Kind(rawValue: Int16(clamping: message.kind.rawValue)) else {
      throw .invalid("organisation.kind", "must be one of the values")
    }
    self.init(
      id: id,
      party: try FieldRules.party(message.party, field: "organisation.party"),
      displayName: try FieldRules.text(message.displayName, field: "organisation.display_name", limit: 200),
      kind: kind,
      // It may have been there before it was put on record.
      period: try FieldRules.period(
        from: message.hasStartTime ? message.startTime : nil, until: message.hasEndTime ? message.endTime : nil,
        now: now),
      createTime: now
    )
  }
}
