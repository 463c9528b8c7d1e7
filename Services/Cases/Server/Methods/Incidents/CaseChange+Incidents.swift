import AIP
import GRPCCore
import Policy
import Postgres
import VigilCasesAPI

extension CaseChange {
  /// Puts an account of an incident on record.
  ///
  /// - Throws: INVALID_ARGUMENT for what cannot be; FAILED_PRECONDITION of a case that is neither being written nor
  ///   handled.
  /// - Returns: the incident as the caller sees it then.
  func add(_ account: IncidentAccount, _ dossier: Dossier) async throws -> PBIncident {
    try requireDescribable(dossier.head)
    let record = try await file().record
    do {
      let last = record.incidentEndDate ?? record.incidentDate
      try account.check(days: record.incidentDate...max(record.incidentDate, last), now: now)
    } catch {
      throw ServiceError(error, of: "incident")
    }
    return try shown(try await add(account), dossier) { $0.show($1) }
  }
}
