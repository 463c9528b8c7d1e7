import AIP
import Policy
import PolicyPostgres
import Postgres

/// Cases that can be the same as one: of its mission and about its days, of any mission and its very days, with a word of
/// a name or an identifier in common. Each way is by an index of its own and finds so many at most.
struct SelectDuplicateCandidates: PostgresStatement {
  static let isReadOnly = true
  var traits: CaseTraits

  var sql: String {
    """
    (SELECT c.id FROM cases c WHERE c.mission_id = $2 AND c.incident_date BETWEEN $3 AND $4 AND c.id <> $1 LIMIT 200) \
    UNION (SELECT c.id FROM cases c WHERE c.mission_id = $2 AND c.incident_date = ANY($5) AND c.id <> $1 LIMIT 200) \
    UNION (SELECT c.id FROM cases c WHERE c.incident_date BETWEEN $6 AND $7 AND c.id <> $1 LIMIT 200) \
    UNION (SELECT m.case_id FROM case_marks m WHERE m.kind = 1 AND m.mark = ANY($8) AND m.case_id <> $1 \
    GROUP BY m.case_id ORDER BY count(*) DESC LIMIT 200) \
    UNION (SELECT m.case_id FROM case_marks m WHERE m.kind = 2 AND m.mark = ANY($9) AND m.case_id <> $1 LIMIT 200) \
    UNION (SELECT v.case_id FROM victims v WHERE v.casualty_id = ANY($9) AND v.casualty_id <> '' AND v.case_id <> $1 \
    LIMIT 200)
    """
  }

  func bind(_ parameters: inout PostgresParameters) {
    let (first, last) = (Int64(traits.days.from.number), Int64(traits.days.until.number) - 1)
    let window = Int64(Duplicate.window)
    let (from, until) = (PartialDate(daysSince1970: first - window), PartialDate(daysSince1970: last + window))
    parameters.append(traits.id)
    parameters.append(traits.mission)
    parameters.append(from)
    parameters.append(until)
    parameters.append(Array(Set([from, until].flatMap { [$0.withoutDay, $0.withoutMonth] })))
    parameters.append(PartialDate(daysSince1970: first))
    parameters.append(PartialDate(daysSince1970: last))
    parameters.append(Array(traits.names))
    parameters.append(Array(traits.externalIDs))
  }

  static func decode(_ row: inout PostgresRow) throws(PostgresError) -> RecordID { try row.decode() }
}

extension PartialDate {
  /// The year.
  fileprivate var withoutMonth: PartialDate { PartialDate(year: year) ?? self }
}
