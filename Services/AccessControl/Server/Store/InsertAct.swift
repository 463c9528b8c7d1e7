import AIP
import Audit
import Policy
import Postgres

/// What was done, by whom, why, and how it left the resource.
struct InsertAct: PostgresStatement {
  typealias Row = Never
  var id: RecordID
  var time: PolicyTime
  /// Nil for the bootstrap.
  var principal: RecordID?
  var method: String
  var resource: String
  var reason: String
  var result: [UInt8]

  var sql: String {
    """
    INSERT INTO acts (id, act_time, principal_id, method, resource, reason, result) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)
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
  }
}

extension AuditRecord {
  /// Of an act that no policy decided: the beginning of the directory, and what somebody does by what it knows and has.
  ///
  /// - Parameters:
  ///   - party: whose act it is.
  ///   - method: in the log, if it is another there.
  init(undecided act: InsertAct, by party: PartyID? = nil, method: String? = nil) {
    self.init(
      time: act.time, method: method ?? act.method, principal: act.principal, party: party, resource: act.resource,
      policyVersion: 0, details: act.digest)
  }
}

extension InsertAct {
  /// What the log has of it.
  var digest: [UInt8] { AuditRecord.digest(ofAct: id, reason: reason, result: result) }
}
