import AIP
import Postgres

/// What was done, by whom, why, by which policy, and how it left the resource.
struct InsertAct: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var time: PostgresTimestamp
  var principal: RecordID
  var method: String
  var resource: String
  var reason: String
  var result: [UInt8]
  var policyVersion: UInt32

  var sql: String {
    """
    INSERT INTO acts (id, act_time, principal_id, method, resource, reason, result, policy_version) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(time)
    parameters.append(principal)
    parameters.append(method)
    parameters.append(resource)
    parameters.append(reason)
    parameters.append(result)
    parameters.append(Int64(policyVersion))
  }
}
