import AIP
import Authorization
import GRPCCore
import Records
import VigilCasesAPI

/// `vigil.cases.v1.ImportService`: published data sets into the register. Each method is in a file of its own in
/// `Methods`.
struct ImportService: PBImportService.SimpleServiceProtocol {
  let store: ImportStore
  let authorizer: Authorizer
  let clock: WallClock
}
