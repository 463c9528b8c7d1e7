-- What becomes of cases: communications, proceedings with what happened in them, suspects, tracks with what was asserted
-- of them, and what States propose.
--
-- Claims, not facts: nothing here is changed or deleted, so that what was known on any earlier day can be told. Rows have
-- their case beside their parent, so that everything of a case is read by one index each.

CREATE TABLE communications (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 4),
  direction smallint NOT NULL CHECK (direction BETWEEN 1 AND 2),
  act smallint NOT NULL CHECK (act BETWEEN 1 AND 6),
  -- The other side.
  party text NOT NULL CHECK (party ~ '^[A-Za-z0-9._-]{1,16}$'),
  sent_date partial_date NOT NULL,
  symbol text NOT NULL CHECK (char_length(symbol) <= 200),
  subject text NOT NULL CHECK (char_length(subject) <= 2000),
  answers_id uuid REFERENCES communications,
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL
);
CREATE INDEX communications_by_case ON communications (case_id, id);

CREATE TABLE proceedings (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  forum smallint NOT NULL CHECK (forum BETWEEN 1 AND 9),
  -- Whose courts they are.
  party text NOT NULL CHECK (party ~ '^[A-Za-z0-9._-]{1,16}$'),
  authority text NOT NULL CHECK (char_length(authority) <= 200),
  docket text NOT NULL CHECK (char_length(docket) <= 200),
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  UNIQUE (id, case_id)
);
CREATE INDEX proceedings_by_case ON proceedings (case_id, id);

CREATE TABLE suspects (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  alias text NOT NULL CHECK (char_length(alias) BETWEEN 1 AND 200),
  affiliation text NOT NULL CHECK (char_length(affiliation) <= 200),
  status smallint NOT NULL CHECK (status BETWEEN 1 AND 12),
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  UNIQUE (id, case_id)
);
CREATE INDEX suspects_by_case ON suspects (case_id, id);

CREATE TABLE tracks (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  -- 1 accountability, 2 diplomatic.
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 2),
  proceeding_id uuid,
  -- Null for the proceeding as a whole.
  suspect_id uuid,
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  UNIQUE (id, case_id),
  FOREIGN KEY (proceeding_id, case_id) REFERENCES proceedings (id, case_id),
  FOREIGN KEY (suspect_id, case_id) REFERENCES suspects (id, case_id),
  CHECK ((kind = 1) = (proceeding_id IS NOT NULL)),
  CHECK (suspect_id IS NULL OR proceeding_id IS NOT NULL)
);
CREATE INDEX tracks_by_case ON tracks (case_id, id);
CREATE UNIQUE INDEX tracks_once ON tracks (proceeding_id, suspect_id) NULLS NOT DISTINCT WHERE kind = 1;

CREATE TABLE proceeding_facts (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  proceeding_id uuid NOT NULL,
  -- The accused that it concerns; null for all.
  track_id uuid,
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 7),
  fact_date partial_date,
  detail text NOT NULL CHECK (char_length(detail) BETWEEN 1 AND 2000),
  document text NOT NULL CHECK (char_length(document) <= 200),
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  FOREIGN KEY (proceeding_id, case_id) REFERENCES proceedings (id, case_id),
  FOREIGN KEY (track_id, case_id) REFERENCES tracks (id, case_id)
);
CREATE INDEX proceeding_facts_by_case ON proceeding_facts (case_id, id);

CREATE TABLE case_proposals (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  party text NOT NULL CHECK (party ~ '^[A-Za-z0-9._-]{1,16}$'),
  proposer_id uuid NOT NULL,
  -- vigil.cases.v1.ProposedChange in binary form.
  content bytea NOT NULL,
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
  -- 1 pending, 2 accepted, 3 refused, 4 withdrawn.
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 4),
  decider_id uuid,
  decide_time timestamptz,
  decision text NOT NULL CHECK (char_length(decision) <= 500),
  -- What came of it, by name.
  result text NOT NULL,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  CHECK ((state = 1) = (decider_id IS NULL) AND (state = 1) = (decide_time IS NULL)),
  -- It takes two.
  CHECK (state <> 2 OR decider_id <> proposer_id)
);
CREATE INDEX case_proposals_by_case ON case_proposals (case_id, id);

CREATE TABLE stage_assertions (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  track_id uuid NOT NULL,
  -- The order in which the register learnt of it, from 1 in each track.
  position bigint NOT NULL CHECK (position > 0),
  -- Of the vocabulary of the track's kind.
  stage smallint NOT NULL CHECK (stage BETWEEN 1 AND 24),
  effective_date partial_date,
  known_date partial_date NOT NULL,
  source smallint NOT NULL CHECK (source BETWEEN 1 AND 9),
  certainty smallint NOT NULL CHECK (certainty BETWEEN 1 AND 4),
  inferred boolean NOT NULL,
  supersedes_id uuid UNIQUE REFERENCES stage_assertions,
  document text NOT NULL CHECK (char_length(document) <= 200),
  note text NOT NULL CHECK (char_length(note) <= 2000),
  author_id uuid NOT NULL,
  proposal_id uuid REFERENCES case_proposals,
  create_time timestamptz NOT NULL,
  UNIQUE (track_id, position),
  FOREIGN KEY (track_id, case_id) REFERENCES tracks (id, case_id),
  -- What is inferred has no date: it measures no duration.
  CHECK (NOT inferred OR effective_date IS NULL)
);
CREATE INDEX stage_assertions_by_case ON stage_assertions (case_id, id);

CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON communications EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON proceedings EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON suspects EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON tracks EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON proceeding_facts EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON case_proposals EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER decided BEFORE UPDATE ON case_proposals FOR EACH ROW EXECUTE FUNCTION refuse_decided();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON stage_assertions EXECUTE FUNCTION refuse_removal();

-- The second wall of migration 0004.
CREATE POLICY by_relation ON communications FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY by_relation ON proceedings FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY by_relation ON suspects FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY by_relation ON tracks FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY by_relation ON proceeding_facts FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY by_relation ON case_proposals FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY by_relation ON stage_assertions FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY everything ON communications USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON proceedings USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON suspects USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON tracks USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON proceeding_facts USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON case_proposals USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON stage_assertions USING ((SELECT reader_sees_all()));
ALTER TABLE communications ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE proceedings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE suspects ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tracks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE proceeding_facts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE case_proposals ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE stage_assertions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
