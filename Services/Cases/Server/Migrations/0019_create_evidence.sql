-- Evidence: what there is, who held it, and the keys of what is kept of it.
--
-- Claims, not facts: an account is never changed or deleted, the last one stands for the item; nor is what was done with it.

CREATE TABLE evidence_accounts (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  -- The identifier of the first account.
  item_id uuid NOT NULL REFERENCES evidence_accounts,
  revision bigint NOT NULL CHECK (revision > 0),
  type smallint NOT NULL CHECK (type BETWEEN 1 AND 13),
  -- Whose it is.
  originator text NOT NULL CHECK (originator ~ '^[A-Za-z0-9._-]{1,16}$'),
  description text NOT NULL CHECK (char_length(description) BETWEEN 1 AND 2000),
  collected_by text NOT NULL CHECK (char_length(collected_by) <= 200),
  collected_date partial_date,
  collected_place text NOT NULL CHECK (char_length(collected_place) <= 200),
  media_type text NOT NULL CHECK (char_length(media_type) <= 100),
  admissibility_notes text NOT NULL CHECK (char_length(admissibility_notes) <= 4000),
  retention_date partial_date,
  classification smallint NOT NULL CHECK (classification BETWEEN 0 AND 2),
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  UNIQUE (item_id, revision),
  CHECK ((revision = 1) = (id = item_id))
);
CREATE INDEX evidence_accounts_by_case ON evidence_accounts (case_id, id);

-- The chain of custody.
CREATE TABLE custody_events (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  item_id uuid NOT NULL REFERENCES evidence_accounts,
  -- 1 recorded, 2 content stored, 3 handed over, 4 received, 5 hold placed, 6 hold lifted, 7 disposal proposed, 8 disposed.
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 8),
  party text NOT NULL CHECK (party ~ '^[A-Za-z0-9._-]{1,16}$'),
  holder text CHECK (holder ~ '^[A-Za-z0-9._-]{1,16}$'),
  custodian text NOT NULL CHECK (char_length(custodian) <= 200),
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
  answers_id uuid REFERENCES custody_events,
  -- What was stored, and under which key.
  key_id uuid,
  size_bytes bigint CHECK (size_bytes > 0),
  sha256 bytea CHECK (octet_length(sha256) = 32),
  author_id uuid NOT NULL,
  create_time timestamptz NOT NULL,
  CHECK ((kind IN (1, 3, 4)) = (holder IS NOT NULL)),
  CHECK ((kind IN (4, 6, 8)) = (answers_id IS NOT NULL)),
  CHECK ((kind = 2) = (key_id IS NOT NULL) AND (kind = 2) = (size_bytes IS NOT NULL) AND (kind = 2) = (sha256 IS NOT NULL))
);
CREATE INDEX custody_events_by_case ON custody_events (case_id, id);
-- What another event answers is answered once, and an item has content once.
CREATE UNIQUE INDEX custody_events_answered ON custody_events (answers_id);
CREATE UNIQUE INDEX custody_events_content ON custody_events (item_id) WHERE kind = 2;

-- Content that is being uploaded or is stored, each with its key. The key is sealed by the service (Shared/Sealing), and
-- gone once it is destroyed.
CREATE TABLE evidence_keys (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  item_id uuid NOT NULL REFERENCES evidence_accounts,
  -- Of the plain text, as announced.
  size_bytes bigint NOT NULL CHECK (size_bytes > 0),
  sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
  -- The chunk from which each attempt to upload went on (Shared/Content).
  attempts bigint[] NOT NULL,
  -- 1 uploading, 2 stored, 3 destroyed.
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 3),
  key bytea CHECK (octet_length(key) = 69),
  create_time timestamptz NOT NULL,
  end_time timestamptz,
  CHECK ((state = 3) = (key IS NULL) AND (state = 3) = (end_time IS NOT NULL))
);
CREATE UNIQUE INDEX evidence_keys_now ON evidence_keys (item_id) WHERE state < 3;
CREATE INDEX evidence_keys_by_case ON evidence_keys (case_id);

CREATE FUNCTION refuse_destroyed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 3 THEN
    RAISE EXCEPTION 'what is destroyed stays destroyed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON evidence_accounts EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON custody_events EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON evidence_keys EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER destroyed BEFORE UPDATE ON evidence_keys FOR EACH ROW EXECUTE FUNCTION refuse_destroyed();

-- The second wall of migration 0004. No reader's connection sees a key.
CREATE POLICY by_relation ON evidence_accounts FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY by_relation ON custody_events FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY everything ON evidence_accounts USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON custody_events USING ((SELECT reader_sees_all()));
CREATE POLICY everything ON evidence_keys USING ((SELECT reader_sees_all()));
ALTER TABLE evidence_accounts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE custody_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE evidence_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
