import AIP
import GRPCCore
import Policy
import Postgres
import VigilAccessAPI

extension PolicyService {
  func getPolicy(request: PBGetPolicyRequest, context: ServerContext) async throws -> PBPolicy {
    guard request.name == "policy" else {
      throw ServiceError.invalid("name", "must be policy", reason: .invalidResourceName)
    }
    // The rules are for everybody who takes part; who plays by them is not.
    _ = try await visitors.current()
    return PBPolicy(try await pool.policyInForce())
  }
}

extension PostgresExecutor {
  /// The policy that the last change has put in force; the standard one while there was none.
  func policyInForce() async throws -> PolicyVersion {
    if let version = try await execute(SelectPolicy()).first { return version }
    return PolicyVersion(policy: try Policy.standard(), createTime: .distantPast)
  }
}
