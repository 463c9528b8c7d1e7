import GRPCCore
import Records
import VigilCasesAPI

/// `vigil.cases.v1.SearchService`: finds cases by words. Its method is in a file of its own in `Methods`.
struct SearchService: PBSearchService.SimpleServiceProtocol {
  let store: CaseStore
  let readers: CaseReaders
  let reads: ReadTrail
  let tokens: PageTokens
  let clock: WallClock
}
