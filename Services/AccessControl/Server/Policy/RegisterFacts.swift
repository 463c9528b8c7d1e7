import AIP
import GRPCCore
import Policy
import PolicyPostgres
import Postgres
import SwiftProtobuf
import VigilCasesAPI
import VigilTypeAPI

/// The facts as the cases service tells them.
struct RegisterFacts<Transport: ClientTransport>: CaseFactsSource {
  let cases: PBCaseFactsService.Client<Transport>

  func facts(of id: RecordID) async throws -> CaseFacts? {
    let answer = try await cases.batchGetCaseFacts(.with { $0.names = ["cases/\(id)"] })
    return try answer.cases.first.map { try CaseFacts($0, id: id) }
  }
}

extension CaseFacts {
  /// - Throws: INTERNAL for a word that is not known here: a caveat or a relation that is left aside could be the one that
  ///   keeps something back.
  init(_ message: PBCaseFacts, id: RecordID) throws(ServiceError) {
    var hats: [Hat] = []
    for relation in message.relations { hats.append(try Hat(relation)) }
    var caveats: CaveatSet = []
    for caveat in message.caveats { caveats.insert(try caveat.word()) }
    self.init(
      id: id, hats: hats, classification: try message.classification.word(), caveats: caveats,
      incident: Period(
        from: message.hasIncidentFrom ? Day(message.incidentFrom) : .distantPast,
        until: message.hasIncidentUntil ? Day(message.incidentUntil) : .distantFuture))
  }
}

extension Hat {
  fileprivate init(_ message: PBCaseRelation) throws(ServiceError) {
    guard let party = PartyID(message.party) else { throw .unknownFact }
    self.init(
      try message.hat.word(), party,
      period: Period(
        from: message.hasValidFrom ? Day(message.validFrom) : .distantPast,
        until: message.hasValidUntil ? Day(message.validUntil) : .distantFuture))
  }
}

extension SwiftProtobuf.Enum where RawValue == Int {
  fileprivate func word<Code: PolicyCode>() throws(ServiceError) -> Code {
    guard let code = Code(number: rawValue) else { throw .unknownFact }
    return code
  }
}

extension ServiceError {
  fileprivate static let unknownFact = ServiceError(
    .internalError, .internalFault, "the register tells of a case what is not known here")
}

extension Day {
  /// The register tells whole days.
  fileprivate init(_ date: PBPartialDate) {
    let day = PostgresDate(year: Int(date.year), month: Int(date.month), day: Int(date.day))
    self = day.map { Day($0) } ?? .distantPast
  }
}
