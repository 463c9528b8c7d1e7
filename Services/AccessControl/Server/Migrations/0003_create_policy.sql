-- The policies that have been in force, who agreed to them, and the number that counts every change of what services
-- decide by.

CREATE TABLE policies (
  -- As in the text.
  version integer PRIMARY KEY CHECK (version > 0),
  -- Canonical text.
  text text NOT NULL CHECK (octet_length(text) <= 262144),
  author_id uuid NOT NULL REFERENCES principals,
  approver_id uuid NOT NULL REFERENCES principals CHECK (approver_id <> author_id),
  create_time timestamptz NOT NULL
);

CREATE TABLE policy_approvals (
  id uuid PRIMARY KEY,
  -- SHA-256 of the canonical text.
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  approver_id uuid NOT NULL REFERENCES principals,
  create_time timestamptz NOT NULL
);
CREATE UNIQUE INDEX policy_approvals_once ON policy_approvals (digest, approver_id);

CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON policies EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON policy_approvals EXECUTE FUNCTION refuse_removal();

-- One row. Whoever changes what services decide by counts up in the same transaction: the row is the queue in which such
-- changes stand, so that they commit in the order of their numbers.
CREATE TABLE policy_state (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  sequence bigint NOT NULL
);
INSERT INTO policy_state (sequence) VALUES (1);

CREATE FUNCTION count_policy_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE policy_state SET sequence = sequence + 1;
  PERFORM pg_notify('access_policy', '');
  RETURN NULL;
END
$$;

CREATE TRIGGER counted AFTER INSERT ON policies EXECUTE FUNCTION count_policy_change();

-- Signs the policy: the seed of an Ed25519 key (RFC 8032), which all instances share.
INSERT INTO service_keys (name, key)
VALUES (
  'policy_signing',
  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
