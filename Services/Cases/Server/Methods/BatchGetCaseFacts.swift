import AIP
import GRPCCore
import Policy
import PolicyPostgres
import Postgres
import VigilCasesAPI
import VigilTypeAPI

extension CaseFactsService {
  func batchGetCaseFacts(
    request: PBBatchGetCaseFactsRequest, context: ServerContext
  ) async throws -> PBBatchGetCaseFactsResponse {
    guard (1...1000).contains(request.names.count) else { throw ServiceError.invalid("names", "must be 1 to 1,000") }
    var places: [RecordID: Int] = [:]
    for name in request.names {
      let id = try CaseName(parsing: name).id
      if places[id] == nil { places[id] = places.count }
    }
    let found = try await store.facts(of: Array(places.keys))
    var response = PBBatchGetCaseFactsResponse()
    response.cases = found.sorted { places[$0.id, default: 0] < places[$1.id, default: 0] }.map(PBCaseFacts.init)
    return response
  }
}

extension PBCaseFacts {
  init(_ facts: CaseFacts) {
    self.init()
    `case` = CaseName(facts.id).description
    relations = facts.hats.map(PBCaseRelation.init)
    classification = PBClassification(facts.classification)
    caveats = facts.caveats.map { PBCaveat($0) }
    if let from = PBPartialDate(facts.incident.from) { incidentFrom = from }
    if let until = PBPartialDate(facts.incident.until) { incidentUntil = until }
  }
}

extension PBCaseRelation {
  init(_ relation: Hat) {
    self.init()
    hat = PBHatKind(relation.kind)
    party = relation.party.description
    if let from = PBPartialDate(relation.period.from) { validFrom = from }
    if let until = PBPartialDate(relation.period.until) { validUntil = until }
  }
}

extension PBPartialDate {
  /// Nil for before and after all days.
  fileprivate init?(_ day: Day) {
    guard let (year, month, day) = PostgresDate(day).components else { return nil }
    self.init()
    self.year = Int32(year)
    self.month = Int32(month)
    self.day = Int32(day)
  }
}
