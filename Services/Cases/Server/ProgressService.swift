import AIP
import GRPCCore
import Records
import VigilCasesAPI

/// `vigil.cases.v1.ProgressService`: what becomes of cases. Each method is in a file of its own in `Methods/Progress`.
struct ProgressService: PBProgressService.SimpleServiceProtocol {
  let reads: CaseReads
  let ledger: CaseLedger
}
