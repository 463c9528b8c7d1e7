-- Victims whom people enter: who they are, what happened to them and when, groups of them, and what the next of kin know.
--
-- Numbers of vocabularies are those of the contract (vigil.cases.v1). The tables are guarded since migration 0004.

ALTER TABLE victims
  -- Only publications code incidents so.
  ALTER incident_type DROP NOT NULL,
  -- Persons for whom the row stands.
  ADD head_count integer NOT NULL DEFAULT 1 CHECK (head_count BETWEEN 1 AND 100000),
  ADD person text NOT NULL DEFAULT '' CHECK (char_length(person) <= 200),
  ADD subcategory text NOT NULL DEFAULT '' CHECK (char_length(subcategory) <= 100),
  ADD contributing_state text NOT NULL DEFAULT '' CHECK (contributing_state ~ '^([A-Z]{3})?$'),
  ADD nationalities text[] NOT NULL DEFAULT '{}' CHECK (cardinality(nationalities) <= 5),
  ADD employer smallint CHECK (employer BETWEEN 1 AND 7),
  ADD age_band smallint CHECK (age_band BETWEEN 1 AND 5),
  ADD rank text NOT NULL DEFAULT '' CHECK (char_length(rank) <= 100),
  ADD unit text NOT NULL DEFAULT '' CHECK (char_length(unit) <= 200),
  ADD harm_date partial_date,
  ADD death_date partial_date CHECK (death_date IS NULL OR harm IN (1, 2)),
  ADD release_date partial_date,
  ADD return_date partial_date,
  ADD kin_notified_date partial_date,
  ADD medical_note text NOT NULL DEFAULT '' CHECK (char_length(medical_note) <= 2000),
  ADD revision bigint NOT NULL DEFAULT 1,
  ADD CHECK (contributing_state = '' OR category <= 7),
  ADD CHECK (head_count = 1 OR (person = '' AND casualty_id = '' AND rank = '' AND age_band IS NULL AND medical_note = ''));

-- Whose victim it is: the State that contributed a soldier, police officer or officer provided by a government, else every
-- State of which the person is a national.
ALTER TABLE victims DROP owners;
ALTER TABLE victims ADD owners text[] NOT NULL GENERATED ALWAYS AS (
  CASE
    WHEN contributing_state <> '' THEN ARRAY[contributing_state]
    WHEN category > 7 AND cardinality(nationalities) > 0 THEN nationalities
    WHEN nationality_code <> '' THEN ARRAY[nationality_code]
    ELSE '{}'::text[]
  END
) STORED;

-- As before, with every owner of a victim.
CREATE OR REPLACE FUNCTION relations_of_facts(ids uuid[])
RETURNS TABLE (case_id uuid, party text, hat smallint, valid_from date, valid_until date)
STABLE LANGUAGE sql AS $$
  SELECT c.id, c.mission_id, 0::smallint, '-infinity'::date, 'infinity'::date
  FROM unnest(ids) AS i (id) JOIN cases c ON c.id = i.id
  UNION
  SELECT c.id, h.state, 1::smallint, first_day(h.start_date), day_after(h.end_date)
  FROM unnest(ids) AS i (id) JOIN cases c ON c.id = i.id JOIN mission_hosts h ON h.mission_id = c.mission_id
  WHERE h.role IN (1, 2) AND c.state <> 6
  UNION
  SELECT v.case_id, o.party, (CASE WHEN v.category <= 7 THEN 2 ELSE 3 END)::smallint, '-infinity', 'infinity'
  FROM unnest(ids) AS i (id) JOIN victims v ON v.case_id = i.id JOIN cases c ON c.id = i.id,
    unnest(v.owners) AS o (party)
  WHERE NOT v.withdrawn AND c.state <> 6
$$;
