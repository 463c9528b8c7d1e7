-- The second wall: PostgreSQL itself gives a reader no row of a case that its party has nothing to do with, whatever the
-- statement asks for.
--
-- Who reads is said by settings that hold until the end of the transaction:
--   vigil.sees       'all' for whoever reads every case (and for the service's own work), else nothing
--   vigil.parties    the parties in whose relations to cases the reader reads, with commas between
--   vigil.cases      cases that are opened to the reader one by one, as an array of uuids
--   vigil.relations  the parties of whose relations the reader may know: vigil.parties, and missions that are locked
-- Where nothing is set, nothing is given. A later migration that reads or changes these rows begins with
-- SELECT set_config('vigil.sees', 'all', true).

CREATE FUNCTION reader_sees_all() RETURNS boolean STABLE LANGUAGE sql
RETURN coalesce(current_setting('vigil.sees', true) = 'all', false);

CREATE FUNCTION reader_parties() RETURNS text[] STABLE LANGUAGE sql
RETURN string_to_array(coalesce(current_setting('vigil.parties', true), ''), ',');

CREATE FUNCTION reader_relations() RETURNS text[] STABLE LANGUAGE sql
RETURN string_to_array(coalesce(current_setting('vigil.relations', true), ''), ',');

CREATE FUNCTION reader_cases() RETURNS uuid[] STABLE LANGUAGE sql
RETURN coalesce(nullif(current_setting('vigil.cases', true), ''), '{}')::uuid[];

-- Each call is in a subquery of its own, so that it is made once for a statement and not for each row. Policies of a table
-- are alternatives.
CREATE POLICY by_relation ON cases FOR SELECT USING (
  id = ANY((SELECT reader_cases())::uuid[])
  OR EXISTS (
    SELECT FROM case_relation_records r
    WHERE r.case_id = cases.id AND r.ended_at = 'infinity' AND r.hat < 6
      AND r.party = ANY((SELECT reader_parties())::text[])
  )
);
CREATE POLICY by_relation ON victims FOR SELECT USING (
  case_id = ANY((SELECT reader_cases())::uuid[])
  OR EXISTS (
    SELECT FROM case_relation_records r
    WHERE r.case_id = victims.case_id AND r.ended_at = 'infinity' AND r.hat < 6
      AND r.party = ANY((SELECT reader_parties())::text[])
  )
);
CREATE POLICY by_relation ON case_relation_records FOR SELECT USING (party = ANY((SELECT reader_relations())::text[]));

-- Nobody changes them, and nobody sees the sources, but the service in its own work.
CREATE POLICY everything ON cases USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON victims USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON case_relation_records USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON imports USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON import_refusals USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON fatality_records USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON fatality_events USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON replies USING ((SELECT reader_sees_all()));

-- Forced: the service's role owns the tables, and owners are exempt otherwise.
ALTER TABLE cases ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE victims ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE case_relation_records ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE imports ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE import_refusals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE fatality_records ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE fatality_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE replies ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
