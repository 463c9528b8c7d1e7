import AIP
import GRPCCore
import Policy
import Postgres
import Records
import VigilAccessAPI

/// `vigil.access.v1.PolicyService`: decisions, their reasons, and the policy itself. Each method is in a file of its own
/// in `Methods/Policy`.
struct PolicyService: PBPolicyService.SimpleServiceProtocol {
  let visitors: Visitors
  let ledger: Ledger
  let tokens: PageTokens
  let clock: WallClock
  let pool: PostgresPool
  let broadcast: PolicyBroadcast
  let cases: any CaseFactsSource
}
