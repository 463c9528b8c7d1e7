-- Missions, cases and victims; the records and the history of the fatalities data; what imports leave behind.
--
-- Numbers of vocabularies are those of the contract (vigil.cases.v1, vigil.type.v1).

-- A date of which the day, or the month and the day, may be unknown: year, month and day as one number, zeros for what
-- is unknown. 19640327 is a day, 19561100 a month, 19560000 a year.
CREATE DOMAIN partial_date AS integer CHECK (
  VALUE BETWEEN 10000 AND 99991231
  AND VALUE / 100 % 100 <= 12
  AND VALUE % 100 <= 31
  AND (VALUE / 100 % 100 > 0 OR VALUE % 100 = 0)
);

CREATE TABLE missions (
  id text PRIMARY KEY CHECK (id ~ '^[a-z0-9-]{1,63}$'),
  code text NOT NULL UNIQUE CHECK (octet_length(code) BETWEEN 1 AND 32),
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 3),
  start_date partial_date,
  end_date partial_date,
  active boolean NOT NULL,
  -- The mission that this one is a phase of.
  part_of text REFERENCES missions,
  display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 200),
  note text NOT NULL DEFAULT '' CHECK (char_length(note) <= 500),
  dates_reviewed boolean NOT NULL DEFAULT false,
  revision bigint NOT NULL DEFAULT 1
);

CREATE TABLE mission_hosts (
  mission_id text NOT NULL REFERENCES missions,
  state text NOT NULL CHECK (state ~ '^[A-Z]{3}$'),
  role smallint NOT NULL CHECK (role BETWEEN 1 AND 5),
  start_date partial_date,
  end_date partial_date,
  -- Whether a person has confirmed the assignment.
  reviewed boolean NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX mission_hosts_key ON mission_hosts (mission_id, state, role, coalesce(start_date, 0));

CREATE TABLE cases (
  id uuid PRIMARY KEY,
  display_number text NOT NULL UNIQUE CHECK (octet_length(display_number) <= 48),
  mission_id text NOT NULL REFERENCES missions,
  incident_date partial_date NOT NULL,
  incident_end_date partial_date CHECK (incident_end_date >= incident_date),
  -- Running number in the mission and year, part of the display number.
  number integer NOT NULL CHECK (number > 0),
  act smallint NOT NULL CHECK (act BETWEEN 1 AND 18),
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 5),
  victim_count integer NOT NULL CHECK (victim_count >= 0),
  -- Derived from mission_hosts for the day of the incident, so that a read needs no join.
  host_states text[] NOT NULL,
  host_states_reviewed boolean NOT NULL,
  -- Empty for a case that a person entered.
  data_set text NOT NULL DEFAULT '',
  publication_date partial_date,
  source_classification text NOT NULL DEFAULT '',
  revision bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  update_time timestamptz NOT NULL
);
-- The fatalities have no incident identifier: a mission and a day are one case.
CREATE UNIQUE INDEX cases_imported ON cases (mission_id, incident_date) WHERE data_set = 'DPPADPOSS-FATALITIES';
CREATE INDEX cases_by_date ON cases (incident_date, id);
CREATE INDEX cases_by_mission ON cases (mission_id, incident_date, id);
CREATE INDEX cases_by_host ON cases USING gin (host_states);

CREATE TABLE imports (
  id uuid PRIMARY KEY,
  data_set text NOT NULL,
  publication_date partial_date NOT NULL,
  file_sha256 bytea NOT NULL CHECK (octet_length(file_sha256) = 32),
  file_size bigint NOT NULL,
  -- Where the file was got, in the words of whoever imported it.
  source text NOT NULL CHECK (char_length(source) <= 500),
  principal text NOT NULL,
  import_time timestamptz NOT NULL,
  rows_created integer NOT NULL,
  rows_changed integer NOT NULL,
  rows_unchanged integer NOT NULL,
  rows_refused integer NOT NULL,
  rows_withdrawn integer NOT NULL
);
CREATE INDEX imports_by_publication ON imports (data_set, publication_date);

-- Every row of the fatalities as last published, of whatever type: one that is not a malicious act today may be one
-- in the next publication.
CREATE TABLE fatality_records (
  id uuid PRIMARY KEY,
  casualty_id text NOT NULL CHECK (octet_length(casualty_id) <= 64),
  -- ISO 3166-1 alpha-3, historical codes included; empty when undetermined.
  nationality_code text NOT NULL,
  nationality_name text NOT NULL,
  published_code text NOT NULL,
  m49 text NOT NULL,
  incident_date partial_date NOT NULL,
  mission_id text NOT NULL REFERENCES missions,
  sex smallint NOT NULL,
  personnel_type text NOT NULL,
  category smallint NOT NULL,
  incident_type smallint NOT NULL,
  withdrawn boolean NOT NULL DEFAULT false,
  -- Deferred, since two records may exchange their nationalities in one import.
  CONSTRAINT fatality_records_key UNIQUE (casualty_id, nationality_code) DEFERRABLE INITIALLY DEFERRED
);

-- The history of the records: what each import did to which. Records that an import left alone have no entry.
CREATE TABLE fatality_events (
  record_id uuid NOT NULL REFERENCES fatality_records,
  import_id uuid NOT NULL REFERENCES imports,
  -- 1 created, 2 changed, 3 withdrawn.
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 3),
  -- When the change takes effect: the date of the publication that brought it.
  publication_date partial_date NOT NULL,
  -- Line of the file; 0 for a withdrawal.
  line integer NOT NULL,
  -- [{"field": …, "old": …, "new": …}]
  changes jsonb NOT NULL,
  PRIMARY KEY (record_id, import_id)
);

CREATE TABLE import_refusals (
  import_id uuid NOT NULL REFERENCES imports,
  line integer NOT NULL,
  casualty_id text NOT NULL,
  reason smallint NOT NULL,
  field text NOT NULL,
  PRIMARY KEY (import_id, line)
);

CREATE TABLE victims (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  -- The record behind an imported victim.
  record_id uuid UNIQUE REFERENCES fatality_records,
  category smallint NOT NULL CHECK (category BETWEEN 1 AND 13),
  nationality_code text NOT NULL,
  nationality_name text NOT NULL,
  sex smallint NOT NULL CHECK (sex BETWEEN 0 AND 2),
  harm smallint NOT NULL CHECK (harm BETWEEN 1 AND 10),
  casualty_id text NOT NULL,
  incident_type smallint NOT NULL,
  publication_date partial_date,
  -- The record was withdrawn or is no longer a malicious act; kept, and not counted.
  withdrawn boolean NOT NULL DEFAULT false
);
CREATE INDEX victims_by_case ON victims (case_id, casualty_id, nationality_code) WHERE NOT withdrawn;
CREATE INDEX victims_by_nationality ON victims (nationality_code, case_id) WHERE NOT withdrawn;

-- Answers to calls with a request_id, given again to a repeated call. Kept for 30 days.
CREATE TABLE replies (
  principal text NOT NULL,
  method text NOT NULL,
  request_id uuid NOT NULL,
  request_digest bytea NOT NULL,
  response bytea NOT NULL,
  create_time timestamptz NOT NULL,
  PRIMARY KEY (principal, method, request_id)
);
CREATE INDEX replies_by_age ON replies (create_time);

-- Keys that all instances of the service share. Page tokens protect nothing that their holder may not see; the key
-- keeps clients from making up their own.
CREATE TABLE service_keys (
  name text PRIMARY KEY,
  key bytea NOT NULL
);
INSERT INTO service_keys (name, key)
VALUES (
  'page_tokens',
  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
