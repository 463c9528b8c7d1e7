import AIP
import Policy
import Postgres

/// Records that a party stands in a relation to a case, if it is not on record.
struct InsertRelation: PostgresStatement {
  typealias Row = Never
  var caseID: RecordID
  var party: PartyID
  var hat: HatKind
  var time: PostgresTimestamp

  var sql: String {
    """
    INSERT INTO case_relation_records (case_id, party, hat, valid_from, valid_until, recorded_at) \
    VALUES ($1, $2, $3, '-infinity', 'infinity', $4) \
    ON CONFLICT (case_id, party, hat, valid_from, valid_until) WHERE ended_at = 'infinity' DO NOTHING
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    parameters.append(caseID)
    parameters.append(party.description)
    parameters.append(Int16(hat.rawValue))
    parameters.append(time)
  }
}
