import AIP
import AuditOutbox
import GRPCCore
import Policy
import Postgres
import Records
import VigilAccessAPI

/// `vigil.access.v1.AuditService`: the log, for those who may read it. Each method is in a file of its own in
/// `Methods/Audit`.
struct AuditService: PBAuditService.SimpleServiceProtocol {
  let visitors: Visitors
  let lists: Lists
  let pool: PostgresPool
  let broadcast: PolicyBroadcast
  let trail: AuditTrail

  var proofs: AuditProofs { AuditProofs(pool: pool) }
}
