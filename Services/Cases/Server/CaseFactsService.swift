import GRPCCore
import VigilCasesAPI

/// `vigil.cases.v1.CaseFactsService`: what access control needs to know. Each method is in a file of its own in `Methods`.
struct CaseFactsService: PBCaseFactsService.SimpleServiceProtocol {
  let store: CaseStore
}
