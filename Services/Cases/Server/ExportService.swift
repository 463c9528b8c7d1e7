import GRPCCore
import VigilCasesAPI

/// `vigil.cases.v1.ExportService`: what a caller may see of the register, whole. Its method is in a file of its own in
/// `Methods`.
struct ExportService: PBExportService.SimpleServiceProtocol {
  let store: CaseStore
  let readers: CaseReaders
  let reads: ReadTrail
}
