-- Who stands in what relation to a case, and what else the policy asks of a case and of a victim.
--
-- Numbers of relations, classifications and caveats are those of Shared/Policy (HatKind, Classification, bits of
-- Caveat), whose conditions on rows speak of these tables and columns.

-- The first possible day of a date, and the day after the last possible one; unknown dates are for ever.
CREATE FUNCTION first_day(value partial_date) RETURNS date IMMUTABLE LANGUAGE sql
RETURN CASE
  WHEN value IS NULL THEN '-infinity'::date
  ELSE make_date(value / 10000, greatest(value / 100 % 100, 1), greatest(value % 100, 1))
END;

CREATE FUNCTION day_after(value partial_date) RETURNS date IMMUTABLE LANGUAGE sql
RETURN CASE
  WHEN value IS NULL THEN 'infinity'::date
  WHEN value % 100 > 0 THEN make_date(value / 10000, value / 100 % 100, value % 100) + 1
  WHEN value % 10000 > 0 THEN (make_date(value / 10000, value / 100 % 100, 1) + interval '1 month')::date
  ELSE make_date(value / 10000 + 1, 1, 1)
END;

ALTER TABLE cases
  -- Confidential unless somebody has classified it.
  ADD classification smallint NOT NULL DEFAULT 1 CHECK (classification BETWEEN 0 AND 2),
  ADD caveats integer NOT NULL DEFAULT 0,
  ADD incident_from date NOT NULL GENERATED ALWAYS AS (first_day(incident_date)) STORED,
  ADD incident_until date NOT NULL GENERATED ALWAYS AS (day_after(coalesce(incident_end_date, incident_date))) STORED;

ALTER TABLE victims
  -- The State that contributed a soldier or police officer, or of which a civilian is a national.
  ADD owners text[] NOT NULL
    GENERATED ALWAYS AS (CASE nationality_code WHEN '' THEN '{}'::text[] ELSE ARRAY[nationality_code] END) STORED,
  ADD released_to text[] NOT NULL DEFAULT '{}',
  -- The next of kin are not yet confirmed to have been told.
  ADD is_embargoed boolean NOT NULL DEFAULT false,
  ADD classification smallint NOT NULL DEFAULT 0 CHECK (classification BETWEEN 0 AND 2);

-- Every relation that was ever on record. Nothing is deleted: a relation whose facts are gone has ended.
CREATE TABLE case_relation_records (
  case_id uuid NOT NULL REFERENCES cases,
  party text NOT NULL CHECK (party ~ '^[A-Za-z0-9._-]{1,16}$'),
  -- 0 mission, 1 host, 2 contributor, 3 nationality: they follow from facts. 4 forum, 5 briefing, 6 implicated: somebody
  -- records them.
  hat smallint NOT NULL CHECK (hat BETWEEN 0 AND 6),
  -- When the party stands in the relation, as the world has it: from a day until the day before another.
  valid_from date NOT NULL,
  valid_until date NOT NULL,
  -- When the register says so.
  recorded_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz NOT NULL DEFAULT 'infinity'
);
CREATE UNIQUE INDEX case_relation_records_now ON case_relation_records (case_id, party, hat, valid_from, valid_until)
  WHERE ended_at = 'infinity';
CREATE INDEX case_relation_records_by_party ON case_relation_records (party, hat, case_id) WHERE ended_at = 'infinity';

-- The relations as they stand.
CREATE VIEW case_relations AS
SELECT case_id, party, hat, valid_from, valid_until FROM case_relation_records WHERE ended_at = 'infinity';

-- The relations of cases that follow from missions, hosts and victims.
CREATE FUNCTION relations_of_facts(ids uuid[])
RETURNS TABLE (case_id uuid, party text, hat smallint, valid_from date, valid_until date)
STABLE LANGUAGE sql AS $$
  SELECT c.id, c.mission_id, 0::smallint, '-infinity'::date, 'infinity'::date
  FROM unnest(ids) AS i (id) JOIN cases c ON c.id = i.id
  UNION
  -- Host State 1, territory 2: where the mission is.
  SELECT c.id, h.state, 1::smallint, first_day(h.start_date), day_after(h.end_date)
  FROM unnest(ids) AS i (id) JOIN cases c ON c.id = i.id JOIN mission_hosts h ON h.mission_id = c.mission_id
  WHERE h.role IN (1, 2)
  UNION
  -- Up to 7 who serves in a contingent, as police or as an officer whom a government provides; then civilians.
  SELECT v.case_id, v.nationality_code, (CASE WHEN v.category <= 7 THEN 2 ELSE 3 END)::smallint, '-infinity', 'infinity'
  FROM unnest(ids) AS i (id) JOIN victims v ON v.case_id = i.id
  WHERE NOT v.withdrawn AND v.nationality_code <> ''
$$;

-- Brings the relations of cases in line with the facts.
CREATE FUNCTION settle_relations(ids uuid[]) RETURNS void LANGUAGE sql AS $$
  UPDATE case_relation_records r SET ended_at = now()
  FROM (
    SELECT n.case_id, n.party, n.hat, n.valid_from, n.valid_until
    FROM unnest(ids) AS i (id) JOIN case_relation_records n ON n.case_id = i.id
    WHERE n.hat <= 3 AND n.ended_at = 'infinity'
    EXCEPT SELECT * FROM relations_of_facts(ids)
  ) AS gone
  WHERE r.case_id = gone.case_id AND r.party = gone.party AND r.hat = gone.hat AND r.valid_from = gone.valid_from
    AND r.valid_until = gone.valid_until AND r.ended_at = 'infinity';
  INSERT INTO case_relation_records (case_id, party, hat, valid_from, valid_until)
  SELECT * FROM relations_of_facts(ids)
  ON CONFLICT (case_id, party, hat, valid_from, valid_until) WHERE ended_at = 'infinity' DO NOTHING;
$$;

-- Whatever changes a fact changes the relations in the same statement, so that no right outlives its fact.
CREATE FUNCTION settle_changed_cases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM settle_relations(ARRAY(SELECT id FROM changed));
  RETURN NULL;
END $$;

CREATE FUNCTION settle_changed_hosts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM settle_relations(
    ARRAY(SELECT c.id FROM cases c WHERE c.mission_id IN (SELECT mission_id FROM changed)));
  RETURN NULL;
END $$;

CREATE FUNCTION settle_changed_victims() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM settle_relations(ARRAY(SELECT DISTINCT case_id FROM changed));
  RETURN NULL;
END $$;

CREATE TRIGGER settle_inserted AFTER INSERT ON cases
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_cases();
CREATE TRIGGER settle_updated AFTER UPDATE ON cases
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_cases();

CREATE TRIGGER settle_inserted AFTER INSERT ON mission_hosts
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_hosts();
CREATE TRIGGER settle_updated AFTER UPDATE ON mission_hosts
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_hosts();
CREATE TRIGGER settle_left AFTER UPDATE ON mission_hosts
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_hosts();
CREATE TRIGGER settle_deleted AFTER DELETE ON mission_hosts
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_hosts();

CREATE TRIGGER settle_inserted AFTER INSERT ON victims
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_victims();
CREATE TRIGGER settle_updated AFTER UPDATE ON victims
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_victims();
-- The case that a victim has left.
CREATE TRIGGER settle_left AFTER UPDATE ON victims
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_victims();
CREATE TRIGGER settle_deleted AFTER DELETE ON victims
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION settle_changed_victims();

-- What is on record already.
SELECT settle_relations(ARRAY(SELECT id FROM cases));

-- The key of names that stand for a person without telling who it is.
INSERT INTO service_keys (name, key)
VALUES (
  'pseudonyms',
  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
