-- The register of assistance to host States: requests, deliveries, contributions, measures, deployments.
--
-- Nothing is overwritten: a change ends a version and adds another, so that what was known on any earlier day can be told.

CREATE TABLE assistance_records (
  id uuid NOT NULL,
  revision bigint NOT NULL CHECK (revision > 0),
  -- 1 request, 2 delivery, 3 voluntary contribution, 4 measure of a host State, 5 of prevention, 6 deployment.
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 6),
  mission_id text REFERENCES missions,
  host_state text CHECK (host_state ~ '^[A-Z]{3}$'),
  -- Who gives, sends or does it.
  parties text[] NOT NULL,
  -- What it is about; cases are never deleted.
  cases uuid[] NOT NULL,
  request_id uuid,
  state smallint CHECK (state BETWEEN 1 AND 8),
  -- Whether it is part of the register, and not only proposed.
  in_effect boolean NOT NULL,
  -- The contract's message in binary form.
  content bytea NOT NULL,
  creator_id uuid NOT NULL,
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  -- When the register says so.
  recorded_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT 'infinity',
  PRIMARY KEY (id, revision),
  CHECK ((kind = 1) = (state IS NOT NULL)),
  CHECK ((kind = 2) = (request_id IS NOT NULL)),
  CHECK (kind = 3 OR (mission_id IS NOT NULL AND host_state IS NOT NULL)),
  CHECK (in_effect OR kind = 1)
);
CREATE UNIQUE INDEX assistance_records_now ON assistance_records (id) WHERE ended_at = 'infinity';
CREATE INDEX assistance_records_by_kind ON assistance_records (kind, id) WHERE ended_at = 'infinity';
CREATE INDEX assistance_records_by_request ON assistance_records (request_id) WHERE ended_at = 'infinity';

-- A version ends, once, and nothing else of it changes.
CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.ended_at <> 'infinity' OR to_jsonb(NEW) - 'ended_at' <> to_jsonb(OLD) - 'ended_at' THEN
    RAISE EXCEPTION 'nothing is overwritten in %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON assistance_records EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER versions BEFORE UPDATE ON assistance_records FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

-- The second wall of migration 0004: a reader is given what its party owns, what its mission has, and what is about a case
-- that it has to do with.
CREATE POLICY by_relation ON assistance_records FOR SELECT USING (
  mission_id = ANY((SELECT reader_parties())::text[])
  OR host_state = ANY((SELECT reader_relations())::text[])
  OR parties && (SELECT reader_relations())::text[]
  OR EXISTS (
    SELECT FROM case_relation_records r
    WHERE r.case_id = ANY(assistance_records.cases) AND r.ended_at = 'infinity' AND r.hat < 6
      AND r.party = ANY((SELECT reader_parties())::text[])
  )
);
CREATE POLICY everything ON assistance_records USING ((SELECT reader_sees_all()));
ALTER TABLE assistance_records ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
