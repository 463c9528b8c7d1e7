import AIP
import GRPCCore
import Policy
import Postgres
import Records
import VigilAccessAPI

/// `vigil.access.v1.DirectoryService`: who takes part in the register. Each method is in a file of its own in
/// `Methods/Directory`.
struct DirectoryService: PBDirectoryService.SimpleServiceProtocol {
  let visitors: Visitors
  let lists: Lists
  let ledger: Ledger
}
