import AIP
import GRPCCore
import Records
import VigilCasesAPI

/// `vigil.cases.v1.IncidentService`: what happened. Each method is in a file of its own in `Methods/Incidents`.
struct IncidentService: PBIncidentService.SimpleServiceProtocol {
  let reads: CaseReads
  let ledger: CaseLedger
}
