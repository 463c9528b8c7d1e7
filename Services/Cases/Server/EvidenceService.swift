import AIP
import Authorization
import GRPCCore
import Records
import VigilCasesAPI

/// `vigil.cases.v1.EvidenceService`: evidence, its chain of custody and its content. Each method is in a file of its own in
/// `Methods/Evidence`.
struct EvidenceService: PBEvidenceService.SimpleServiceProtocol {
  let reads: CaseReads
  let ledger: CaseLedger
  let authorizer: Authorizer
  let archive: EvidenceArchive
}
