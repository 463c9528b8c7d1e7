-- What people sign in with, their sessions, and what tokens are signed with. What ends is kept.

-- A person's password and second factor, set together by an invitation.
CREATE TABLE credentials (
  id uuid PRIMARY KEY,
  principal_id uuid NOT NULL REFERENCES principals,
  -- scrypt (RFC 7914): rounds by their binary logarithm.
  salt bytea NOT NULL CHECK (octet_length(salt) = 16),
  rounds_log2 smallint NOT NULL CHECK (rounds_log2 BETWEEN 1 AND 24),
  block_size smallint NOT NULL CHECK (block_size BETWEEN 1 AND 64),
  parallelism smallint NOT NULL CHECK (parallelism BETWEEN 1 AND 64),
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  -- RFC 6238, with the last step whose code was used: none before it is taken again.
  totp_secret bytea NOT NULL CHECK (octet_length(totp_secret) = 20),
  totp_step bigint NOT NULL,
  create_time timestamptz NOT NULL,
  -- infinity while they are good.
  end_time timestamptz NOT NULL DEFAULT 'infinity'
);
CREATE UNIQUE INDEX credentials_in_force ON credentials (principal_id) WHERE end_time = 'infinity';

CREATE TABLE recovery_codes (
  id uuid PRIMARY KEY,
  credential_id uuid NOT NULL REFERENCES credentials,
  -- SHA-256 of the code, which is random.
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  use_time timestamptz NOT NULL DEFAULT 'infinity'
);
CREATE INDEX recovery_codes_by_credential ON recovery_codes (credential_id, digest);

CREATE TABLE invitations (
  id uuid PRIMARY KEY,
  principal_id uuid NOT NULL REFERENCES principals,
  -- Null for the bootstrap.
  inviter_id uuid REFERENCES principals CHECK (inviter_id <> principal_id),
  -- The roles that the principal may have for it to hold, a bit for each reader class, by its number less one.
  readers smallint NOT NULL,
  -- The second factor that was told last.
  totp_secret bytea CHECK (octet_length(totp_secret) = 20),
  create_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL,
  use_time timestamptz NOT NULL DEFAULT 'infinity'
);
CREATE INDEX invitations_by_principal ON invitations (principal_id, id);

CREATE TABLE sessions (
  id uuid PRIMARY KEY,
  principal_id uuid NOT NULL REFERENCES principals,
  -- 1 authenticator, 2 recovery code, 3 certificate.
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 3),
  create_time timestamptz NOT NULL,
  refresh_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL,
  -- When the last of its access tokens ends by itself.
  token_expire_time timestamptz NOT NULL,
  -- infinity while nobody has ended it.
  end_time timestamptz NOT NULL DEFAULT 'infinity',
  -- 1 signed out, 2 revoked, 3 reused, 4 credentials changed.
  end_reason smallint CHECK (end_reason BETWEEN 1 AND 4),
  CHECK ((end_time < 'infinity') = (end_reason IS NOT NULL))
);
CREATE INDEX sessions_by_principal ON sessions (principal_id, id);
CREATE INDEX sessions_ended ON sessions (token_expire_time) WHERE end_time < 'infinity';

CREATE TABLE refresh_tokens (
  id uuid PRIMARY KEY,
  session_id uuid NOT NULL REFERENCES sessions,
  -- SHA-256 of the token, which is random.
  digest bytea NOT NULL CHECK (octet_length(digest) = 32),
  create_time timestamptz NOT NULL,
  expire_time timestamptz NOT NULL,
  use_time timestamptz NOT NULL DEFAULT 'infinity'
);
CREATE UNIQUE INDEX refresh_tokens_digest ON refresh_tokens (digest);

-- How often it was tried to sign in by a name, whether there is such a name or not. Dropped after a day without.
CREATE TABLE lockouts (
  -- SHA-256 of the name.
  login_digest bytea PRIMARY KEY CHECK (octet_length(login_digest) = 32),
  failures integer NOT NULL,
  until_time timestamptz NOT NULL,
  attempt_time timestamptz NOT NULL
);
CREATE INDEX lockouts_by_age ON lockouts (attempt_time);

CREATE TABLE token_keys (
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
  public_key bytea NOT NULL CHECK (octet_length(public_key) = 32),
  -- Of an Ed25519 key (RFC 8032). Null once it signs no longer: what is not there cannot be stolen.
  seed bytea CHECK (octet_length(seed) = 32),
  create_time timestamptz NOT NULL,
  -- It signs from then on until the next one does.
  start_time timestamptz NOT NULL,
  -- Tokens of it are good until then: infinity while there is no next one.
  end_time timestamptz NOT NULL DEFAULT 'infinity'
);

CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON credentials EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON recovery_codes EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON invitations EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON sessions EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON refresh_tokens EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON token_keys EXECUTE FUNCTION refuse_removal();

-- Services learn of both in what access control signs for them.
CREATE TRIGGER counted AFTER UPDATE OF end_time ON sessions EXECUTE FUNCTION count_policy_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE ON token_keys EXECUTE FUNCTION count_policy_change();

-- Makes the codes of invitations out of their identifiers, so that no code is kept.
INSERT INTO service_keys (name, key)
VALUES (
  'invitation_codes',
  sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
);
