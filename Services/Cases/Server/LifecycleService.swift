import AIP
import GRPCCore
import Records
import VigilCasesAPI

/// `vigil.cases.v1.LifecycleService`: how cases are handled. Each method is in a file of its own in `Methods/Lifecycle`.
struct LifecycleService: PBLifecycleService.SimpleServiceProtocol {
  let reads: CaseReads
  let ledger: CaseLedger
  let store: CaseStore
}
