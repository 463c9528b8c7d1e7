import AIP
import GRPCCore
import Policy
import Postgres
import Records
import VigilAccessAPI

/// `vigil.access.v1.GrantService`: grants, which open data classes of a case for a time, and embargoes, which close them.
/// Each method is in a file of its own in `Methods/Grants`.
struct GrantService: PBGrantService.SimpleServiceProtocol {
  let visitors: Visitors
  let lists: Lists
  let ledger: Ledger
  let sights: CaseSights
}
