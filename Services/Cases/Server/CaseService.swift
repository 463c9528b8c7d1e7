import AIP
import GRPCCore
import Records
import VigilCasesAPI

/// `vigil.cases.v1.CaseService`: reads of the register. Each method is in a file of its own in `Methods`.
struct CaseService: PBCaseService.SimpleServiceProtocol {
  let store: CaseStore
  let readers: CaseReaders
  let reads: ReadTrail
  let tokens: PageTokens
  let clock: WallClock
}
