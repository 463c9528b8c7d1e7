-- Certificates by which systems prove who they are: requested, issued, renewed, revoked. Nothing is deleted.

CREATE TABLE certificates (
  -- Hexadecimal digits in lower case, without leading zeros.
  serial text COLLATE "C" PRIMARY KEY CHECK (serial ~ '^[1-9a-f][0-9a-f]{0,39}$'),
  -- Null for one that was made elsewhere and revoked here.
  principal_id uuid REFERENCES principals,
  -- 1 requested, 2 issued, 3 revoked.
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 3),
  -- SHA-256 of the subject public key info; empty with the principal.
  key_digest bytea NOT NULL,
  signing_request text NOT NULL CHECK (octet_length(signing_request) <= 8192),
  -- PEM; empty before it is issued.
  chain text NOT NULL,
  -- -infinity before it is issued; of one that was made elsewhere until all time.
  start_time timestamptz NOT NULL,
  end_time timestamptz NOT NULL,
  revoke_time timestamptz NOT NULL,
  requester_id uuid REFERENCES principals,
  -- Another than whose it is and than who asked for it; null for a renewed one.
  issuer_id uuid REFERENCES principals CHECK (issuer_id <> requester_id AND issuer_id <> principal_id),
  -- The one that it was renewed by, on record or not.
  predecessor text COLLATE "C",
  revision bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CHECK (start_time <= end_time),
  -- It takes two, or one that was issued by two.
  CHECK (principal_id IS NULL OR chain = '' OR num_nonnulls(issuer_id, predecessor) = 1),
  CHECK ((state = 3) = (revoke_time < 'infinity'))
);
CREATE INDEX certificates_by_principal ON certificates (principal_id, serial);
CREATE INDEX certificates_by_predecessor ON certificates (predecessor);
CREATE INDEX certificates_revoked ON certificates (end_time) WHERE state = 3;

CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON certificates EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER counted AFTER INSERT OR UPDATE ON certificates EXECUTE FUNCTION count_policy_change();
