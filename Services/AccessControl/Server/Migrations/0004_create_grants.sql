-- Grants, which open data classes of a case for a time, and embargoes, which close them. Nothing is deleted.

CREATE TABLE grants (
  id uuid PRIMARY KEY,
  -- Of the cases service.
  case_id uuid NOT NULL,
  -- Sets of words: a bit for each, by its number less one.
  classes integer NOT NULL CHECK (classes > 0),
  purpose smallint NOT NULL CHECK (purpose BETWEEN 1 AND 8),
  grantee text NOT NULL CHECK (grantee ~ '^[A-Za-z0-9._-]{1,16}$'),
  principal_id uuid REFERENCES principals,
  legal_basis text NOT NULL CHECK (char_length(legal_basis) BETWEEN 1 AND 1000),
  conditions integer NOT NULL,
  fulfilled integer NOT NULL,
  lifts integer NOT NULL,
  onward_sharing boolean NOT NULL,
  start_time timestamptz NOT NULL,
  end_time timestamptz NOT NULL CHECK (end_time < 'infinity'),
  requester_id uuid NOT NULL REFERENCES principals,
  -- Who approved or refused it: another person.
  approver_id uuid REFERENCES principals CHECK (approver_id <> requester_id),
  cleared_by_legal boolean NOT NULL DEFAULT false,
  -- 1 requested, 2 approved, 3 refused, 4 revoked.
  state smallint NOT NULL DEFAULT 1 CHECK (state BETWEEN 1 AND 4),
  revision bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CHECK (start_time < end_time),
  CHECK (state NOT IN (2, 3) OR approver_id IS NOT NULL)
);
CREATE INDEX grants_by_grantee ON grants (grantee, id);
CREATE INDEX grants_by_case ON grants (case_id, id);
CREATE INDEX grants_in_force ON grants (end_time) WHERE state = 2;

CREATE TABLE embargoes (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 2),
  start_time timestamptz NOT NULL,
  end_time timestamptz NOT NULL,
  lifter_id uuid REFERENCES principals,
  revision bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CHECK (start_time <= end_time)
);
CREATE INDEX embargoes_by_case ON embargoes (case_id, id);

CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON grants EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON embargoes EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER counted AFTER INSERT OR UPDATE ON grants EXECUTE FUNCTION count_policy_change();
