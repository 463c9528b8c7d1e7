-- The log of who did and saw what: a Merkle tree (RFC 9162). It only grows; whoever changes it by hand is found out by the
-- readers, who hold heads that were signed before. (What access control itself records comes through the outbox as well.)

CREATE TABLE audit_entries (
  -- From 0, without gaps.
  index bigint PRIMARY KEY CHECK (index >= 0),
  -- Canonical bytes: what the tree is made of. The other columns are what they say, for lists.
  leaf bytea NOT NULL,
  service text COLLATE "C" NOT NULL,
  method text COLLATE "C" NOT NULL,
  -- All zero for what the system does of itself.
  principal_id uuid NOT NULL,
  -- Empty for what nobody does for a party.
  party text COLLATE "C" NOT NULL,
  resource text COLLATE "C" NOT NULL,
  event_time timestamptz NOT NULL
);
CREATE INDEX audit_entries_by_party ON audit_entries (party, index);
CREATE INDEX audit_entries_by_principal ON audit_entries (principal_id, index);
CREATE INDEX audit_entries_by_resource ON audit_entries (resource, index) WHERE resource <> '';
CREATE INDEX audit_entries_by_time ON audit_entries USING brin (event_time);

-- Complete subtrees of 2^level leaves, which never change. Leaves are not here: their hashes are those of the entries.
CREATE TABLE audit_nodes (
  level smallint NOT NULL CHECK (level > 0),
  index bigint NOT NULL,
  hash bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (level, index)
);

-- The right edge: one row, and the queue in which those stand who append.
CREATE TABLE audit_log (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  size bigint NOT NULL,
  -- Hashes of the complete subtrees that make up the tree, from the largest to the smallest.
  frontier bytea[] NOT NULL
);
INSERT INTO audit_log (size, frontier) VALUES (0, '{}');

-- How many records each service has given, and each party has.
CREATE TABLE audit_sources (
  service text PRIMARY KEY,
  count bigint NOT NULL
);
CREATE TABLE audit_parties (
  party text COLLATE "C" PRIMARY KEY,
  count bigint NOT NULL
);

-- What the log stands by.
CREATE TABLE audit_heads (
  size bigint NOT NULL,
  sign_time timestamptz NOT NULL,
  root bytea NOT NULL CHECK (octet_length(root) = 32),
  key_id text NOT NULL,
  signature bytea NOT NULL,
  PRIMARY KEY (size, sign_time)
);

CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entries EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_nodes EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_heads EXECUTE FUNCTION refuse_removal();

-- Signs heads: the seed of an Ed25519 key (RFC 8032), which all instances share. The one with the highest number signs.
INSERT INTO service_keys (name, key)
VALUES (
  'audit_signing.0001',
  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
