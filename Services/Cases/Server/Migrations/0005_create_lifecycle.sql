-- How cases are handled: the steps that they took, closures that two persons make, and what was done by whom and why.
--
-- Numbers of vocabularies are those of the contract (vigil.cases.v1). Principals are access control's. Nothing is deleted.

-- 6 draft, 7 merged, 8 entered in error.
ALTER TABLE cases DROP CONSTRAINT cases_state_check;
ALTER TABLE cases ADD CONSTRAINT cases_state_check CHECK (state BETWEEN 1 AND 8);

-- As before, but that no State stands in any relation to a draft: it concerns nobody but the mission.
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
  SELECT v.case_id, v.nationality_code, (CASE WHEN v.category <= 7 THEN 2 ELSE 3 END)::smallint, '-infinity', 'infinity'
  FROM unnest(ids) AS i (id) JOIN victims v ON v.case_id = i.id JOIN cases c ON c.id = i.id
  WHERE NOT v.withdrawn AND v.nationality_code <> '' AND c.state <> 6
$$;

CREATE TABLE case_closures (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  outcome smallint NOT NULL CHECK (outcome BETWEEN 1 AND 12),
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
  document text NOT NULL CHECK (char_length(document) <= 200),
  proposer_id uuid NOT NULL,
  -- 1 proposed, 2 confirmed, 3 refused.
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 3),
  decider_id uuid,
  decide_time timestamptz,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  CHECK ((state = 1) = (decider_id IS NULL) AND (state = 1) = (decide_time IS NULL)),
  -- It takes two.
  CHECK (state <> 2 OR decider_id <> proposer_id)
);
CREATE INDEX case_closures_by_case ON case_closures (case_id, id);
-- One at a time.
CREATE UNIQUE INDEX case_closures_proposed ON case_closures (case_id) WHERE state = 1;

CREATE TABLE case_transitions (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  -- Null of its beginning.
  from_state smallint CHECK (from_state BETWEEN 1 AND 8),
  to_state smallint NOT NULL CHECK (to_state BETWEEN 1 AND 8),
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
  author_id uuid NOT NULL,
  closure_id uuid REFERENCES case_closures,
  create_time timestamptz NOT NULL,
  -- No case is closed but by a closure.
  CHECK ((to_state = 4) = (closure_id IS NOT NULL))
);
CREATE INDEX case_transitions_by_case ON case_transitions (case_id, id);

-- What was done, written in the transaction that did it.
CREATE TABLE acts (
  id uuid PRIMARY KEY,
  act_time timestamptz NOT NULL,
  principal_id uuid NOT NULL,
  method text NOT NULL,
  -- The resource by its name.
  resource text NOT NULL,
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
  -- The resource as the act left it, in protobuf's binary form.
  result bytea NOT NULL,
  policy_version bigint NOT NULL
);
CREATE INDEX acts_by_resource ON acts (resource, id);

CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'nothing is deleted from %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

-- What was decided stays decided.
CREATE FUNCTION refuse_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 1 THEN
    RAISE EXCEPTION '% is decided', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON case_closures EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER decided BEFORE UPDATE ON case_closures FOR EACH ROW EXECUTE FUNCTION refuse_decided();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON case_transitions EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON acts EXECUTE FUNCTION refuse_removal();

-- The second wall of migration 0004.
CREATE FUNCTION reader_sees_case(id uuid) RETURNS boolean STABLE LANGUAGE sql
RETURN id = ANY(reader_cases()) OR EXISTS (
  SELECT FROM case_relation_records r
  WHERE r.case_id = id AND r.ended_at = 'infinity' AND r.hat < 6 AND r.party = ANY(reader_parties())
);

CREATE POLICY by_relation ON case_closures FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY by_relation ON case_transitions FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY everything ON case_closures USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON case_transitions USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON acts USING ((SELECT reader_sees_all()));
ALTER TABLE case_closures ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE case_transitions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE acts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
