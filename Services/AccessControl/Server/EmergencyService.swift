import AIP
import GRPCCore
import Policy
import Postgres
import Records
import VigilAccessAPI

/// `vigil.access.v1.EmergencyService`: emergency access, which opens a case for hours, lockdown, which closes a mission's,
/// and the notices of both. Each method is in a file of its own in `Methods/Emergencies`.
struct EmergencyService: PBEmergencyService.SimpleServiceProtocol {
  let visitors: Visitors
  let lists: Lists
  let ledger: Ledger
  let sights: CaseSights
}
