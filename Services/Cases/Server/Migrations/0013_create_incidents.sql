-- What happened: accounts of the incidents that a case is about.
--
-- Claims, not facts: an account is never changed or deleted; the last one stands for the incident.

CREATE TABLE incident_accounts (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  -- The identifier of the first account.
  incident_id uuid NOT NULL REFERENCES incident_accounts,
  revision bigint NOT NULL CHECK (revision > 0),
  -- EDTF (ISO 8601-2).
  occurred text NOT NULL CHECK (char_length(occurred) BETWEEN 4 AND 64),
  zone text NOT NULL CHECK (char_length(zone) <= 64),
  report_time timestamptz,
  territorial_state text NOT NULL CHECK (territorial_state ~ '^([A-Z]{3})?$'),
  admin1 text NOT NULL CHECK (char_length(admin1) <= 100),
  place text NOT NULL CHECK (char_length(place) <= 200),
  latitude double precision CHECK (latitude BETWEEN -90 AND 90),
  longitude double precision CHECK (longitude BETWEEN -180 AND 180),
  radius_meters integer CHECK (radius_meters BETWEEN 0 AND 1000000),
  contexts smallint[] NOT NULL,
  means smallint[] NOT NULL,
  acts smallint[] NOT NULL CHECK (cardinality(acts) > 0),
  targets smallint[] NOT NULL,
  ongoing boolean NOT NULL,
  narrative text NOT NULL CHECK (char_length(narrative) <= 10000),
  narrative_language text NOT NULL CHECK (char_length(narrative_language) <= 35),
  source smallint NOT NULL CHECK (source BETWEEN 1 AND 9),
  certainty smallint NOT NULL CHECK (certainty BETWEEN 1 AND 4),
  -- Each the system's name, a colon, and what it says there.
  external_ids text[] NOT NULL,
  known_date partial_date NOT NULL,
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  UNIQUE (incident_id, revision),
  CHECK ((revision = 1) = (id = incident_id)),
  CHECK ((latitude IS NULL) = (longitude IS NULL) AND (latitude IS NULL) = (radius_meters IS NULL)),
  CHECK ((narrative = '') = (narrative_language = ''))
);
CREATE INDEX incident_accounts_by_case ON incident_accounts (case_id, id);

CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON incident_accounts EXECUTE FUNCTION refuse_removal();

-- The second wall of migration 0004.
CREATE POLICY by_relation ON incident_accounts FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY everything ON incident_accounts USING ((SELECT reader_sees_all()));
ALTER TABLE incident_accounts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
