/// The tables and columns that a rendered condition speaks of. The names of columns are fixed; all are NOT NULL, so that
/// a condition is true or false and never null. Periods begin on their first day and end before their last, with
/// `-infinity` and `infinity` for always.
///
/// ```sql
/// cases: id uuid, classification smallint, caveats integer,          -- bit n is Caveat n
///        incident_from date, incident_until date
/// case_relations: case_id uuid, party text, hat smallint, valid_from date, valid_until date
///                                                                     -- index: (case_id, party), (party, hat, case_id)
/// case_embargoes: case_id uuid, kind smallint, starts_at timestamptz, ends_at timestamptz       -- index: (case_id)
/// records: owners text[], released_to text[], is_embargoed boolean, classification smallint
/// ```
/// Numbers are the raw values of ``HatKind``, ``Caveat``, ``EmbargoKind`` and ``Classification``.
package struct SQLNames: Hashable, Sendable {
  let cases: String
  let records: String
  let relations: String
  let embargoes: String

  /// - Parameters:
  ///   - cases: the alias of the row of the case in the query.
  ///   - records: the alias of the row of the record, where the condition is one on records.
  ///   - relations: the table of hats.
  ///   - embargoes: the table of embargoes on cases.
  package init(
    cases: StaticString = "c", records: StaticString = "r", relations: StaticString = "case_relations",
    embargoes: StaticString = "case_embargoes"
  ) {
    self.cases = cases.description
    self.records = records.description
    self.relations = relations.description
    self.embargoes = embargoes.description
  }
}
