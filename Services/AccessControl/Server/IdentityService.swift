import AIP
import GRPCCore
import Policy
import Postgres
import Records
import VigilAccessAPI

/// `vigil.access.v1.IdentityService`: who is known by what. Each method is in a file of its own in `Methods/Identity`.
struct IdentityService: PBIdentityService.SimpleServiceProtocol {
  let visitors: Visitors
  let lists: Lists
  let ledger: Ledger
  let pool: PostgresPool
  let sessions: Sessions
  let codes: InvitationCodes
}
