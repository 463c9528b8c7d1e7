-- The directory: organisations, principals, their roles and delegations, and what was done to them by whom and why.
--
-- Everything has a period and nothing is deleted: what ends is kept, and a trigger refuses the rest. Numbers of
-- vocabularies are those of the contract (vigil.access.v1, vigil.type.v1).

CREATE TABLE organisations (
  id uuid PRIMARY KEY,
  party text COLLATE "C" NOT NULL CHECK (party ~ '^[A-Za-z0-9._-]{1,16}$'),
  display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 200),
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 6),
  start_time timestamptz NOT NULL,
  end_time timestamptz NOT NULL,
  revision bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CHECK (start_time <= end_time)
);
CREATE UNIQUE INDEX organisations_party ON organisations (party);

CREATE TABLE principals (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations,
  display_name text NOT NULL CHECK (char_length(display_name) BETWEEN 1 AND 200),
  -- A system has the one, a person the other.
  certificate_uri text COLLATE "C" CHECK (octet_length(certificate_uri) BETWEEN 1 AND 2048),
  token_subject text COLLATE "C" CHECK (char_length(token_subject) BETWEEN 1 AND 255),
  clearance smallint NOT NULL CHECK (clearance BETWEEN 1 AND 3),
  -- infinity while nobody has stopped it.
  disable_time timestamptz NOT NULL DEFAULT 'infinity',
  revision bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CHECK (num_nonnulls(certificate_uri, token_subject) = 1)
);
CREATE UNIQUE INDEX principals_certificate_uri ON principals (certificate_uri);
CREATE UNIQUE INDEX principals_token_subject ON principals (token_subject);
CREATE INDEX principals_by_organisation ON principals (organisation_id, id);

CREATE TABLE role_assignments (
  id uuid PRIMARY KEY,
  principal_id uuid NOT NULL REFERENCES principals,
  reader smallint NOT NULL CHECK (reader BETWEEN 1 AND 13),
  -- Whose relation to cases the role is about, where it is not that of the principal's own party.
  scope text CHECK (scope ~ '^[A-Za-z0-9._-]{1,16}$'),
  start_time timestamptz NOT NULL,
  end_time timestamptz NOT NULL,
  -- Null for those that the bootstrap made: nobody was there to assign them.
  assigner_id uuid REFERENCES principals CHECK (assigner_id <> principal_id),
  revision bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CHECK (start_time <= end_time)
);
CREATE INDEX role_assignments_by_principal ON role_assignments (principal_id, id);
CREATE INDEX role_assignments_by_reader ON role_assignments (reader, principal_id);

CREATE TABLE delegations (
  id uuid PRIMARY KEY,
  delegator_id uuid NOT NULL REFERENCES principals,
  delegate_id uuid NOT NULL REFERENCES principals CHECK (delegate_id <> delegator_id),
  -- A bit for each reader class, by its number less one.
  readers smallint NOT NULL CHECK (readers > 0),
  start_time timestamptz NOT NULL,
  end_time timestamptz NOT NULL CHECK (end_time < 'infinity'),
  -- infinity while nobody has revoked it.
  revoke_time timestamptz NOT NULL DEFAULT 'infinity',
  revision bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CHECK (start_time < end_time)
);
CREATE INDEX delegations_by_delegator ON delegations (delegator_id, id);
CREATE INDEX delegations_by_delegate ON delegations (delegate_id, id);

-- What was done, written in the transaction that did it.
CREATE TABLE acts (
  id uuid PRIMARY KEY,
  act_time timestamptz NOT NULL,
  -- Null for the bootstrap.
  principal_id uuid REFERENCES principals,
  method text NOT NULL,
  -- The resource by its name.
  resource text NOT NULL,
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
  -- The resource as the act left it, in protobuf's binary form.
  result bytea NOT NULL
);
CREATE INDEX acts_by_resource ON acts (resource, id);
CREATE INDEX acts_by_principal ON acts (principal_id, id);

CREATE FUNCTION refuse_removal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'nothing is deleted from %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON organisations EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON principals EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON role_assignments EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON delegations EXECUTE FUNCTION refuse_removal();
-- What was done is not rewritten either.
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON acts EXECUTE FUNCTION refuse_removal();

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

-- Keys that all instances of the service share.
CREATE TABLE service_keys (
  name text PRIMARY KEY,
  key bytea NOT NULL
);
INSERT INTO service_keys (name, key)
VALUES (
  'page_tokens',
  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
