import AIP
import GRPCCore
import Records
import VigilCasesAPI

/// `vigil.cases.v1.VictimService`: victims whom people enter. Each method is in a file of its own in `Methods/Victims`.
struct VictimService: PBVictimService.SimpleServiceProtocol {
  let ledger: CaseLedger
}
