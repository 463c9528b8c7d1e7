-- What States give and ask for (resolution 2589 (2021), paragraph 6): submissions, requests for data of a case, and the
-- packages that are disclosed.
--
-- Nothing is overwritten: a change ends a version and adds another, as in assistance_records.

CREATE TABLE exchange_records (
  id uuid NOT NULL,
  revision bigint NOT NULL CHECK (revision > 0),
  -- 1 submission, 2 request, 3 package.
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 3),
  -- Nil of a submission of which it is not yet said which case it describes.
  case_id uuid REFERENCES cases,
  -- Whose submission it is, who asks, for whom the package is.
  party text NOT NULL CHECK (party ~ '^[A-Za-z0-9._-]{1,16}$'),
  -- To whom the originator of a submission lets it be shown.
  released_to text[] NOT NULL,
  -- Whether its originator keeps a submission to headquarters.
  for_headquarters boolean NOT NULL,
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 11),
  -- The request that a package answers.
  request_id uuid,
  -- The contract's message in binary form.
  content bytea NOT NULL,
  creator_id uuid NOT NULL,
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  -- When the register says so.
  recorded_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT 'infinity',
  PRIMARY KEY (id, revision),
  CHECK (kind = 1 OR case_id IS NOT NULL),
  CHECK (kind = 1 OR released_to = '{}'),
  CHECK ((kind = 3) = (request_id IS NOT NULL))
);
CREATE UNIQUE INDEX exchange_records_now ON exchange_records (id) WHERE ended_at = 'infinity';
CREATE INDEX exchange_records_by_kind ON exchange_records (kind, id) WHERE ended_at = 'infinity';
CREATE INDEX exchange_records_by_case ON exchange_records (case_id, kind, id) WHERE ended_at = 'infinity';
CREATE INDEX exchange_records_by_party ON exchange_records (party, kind, id) WHERE ended_at = 'infinity';
CREATE INDEX exchange_records_by_release ON exchange_records USING gin (released_to) WHERE ended_at = 'infinity';
-- A request leads to one package.
CREATE UNIQUE INDEX exchange_records_by_request ON exchange_records (request_id)
  WHERE ended_at = 'infinity' AND kind = 3;

CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON exchange_records EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER versions BEFORE UPDATE ON exchange_records FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

-- The documents of packages, as they were made.
CREATE TABLE disclosure_documents (
  package_id uuid PRIMARY KEY,
  document bytea NOT NULL,
  -- In the document too.
  watermark text NOT NULL UNIQUE CHECK (watermark ~ '^[0-9a-f]{64}$'),
  create_time timestamptz NOT NULL
);
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON disclosure_documents EXECUTE FUNCTION refuse_removal();

-- The key of watermarks.
INSERT INTO service_keys (name, key)
VALUES (
  'watermarks',
  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);

-- The second wall of migration 0004: a reader is given what its party gave, asked for or is given, what was released to it,
-- and what is about a case of its mission. No State is given another's.
CREATE POLICY by_relation ON exchange_records FOR SELECT USING (
  party = ANY((SELECT reader_relations())::text[])
  OR released_to && (SELECT reader_relations())::text[]
  OR NOT for_headquarters AND EXISTS (
    SELECT FROM case_relation_records r
    WHERE r.case_id = exchange_records.case_id AND r.ended_at = 'infinity' AND r.hat = 0
      AND r.party = ANY((SELECT reader_parties())::text[])
  )
);
CREATE POLICY everything ON exchange_records USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON disclosure_documents USING ((SELECT reader_sees_all()));
ALTER TABLE exchange_records ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE disclosure_documents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
