-- Emergency accesses, which open a case for hours, lockdowns, which close a mission's, and the notices of both. Nothing is
-- deleted.

CREATE TABLE emergency_accesses (
  id uuid PRIMARY KEY,
  -- Of the cases service.
  case_id uuid NOT NULL,
  principal_id uuid NOT NULL REFERENCES principals,
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
  start_time timestamptz NOT NULL,
  end_time timestamptz NOT NULL CHECK (end_time < 'infinity'),
  -- Principals that were told: others.
  notified uuid[] NOT NULL CHECK (principal_id <> ALL (notified)),
  -- Another person.
  reviewer_id uuid REFERENCES principals CHECK (reviewer_id <> principal_id),
  finding text NOT NULL DEFAULT '' CHECK (char_length(finding) <= 2000),
  revision bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CHECK (start_time <= end_time),
  CHECK ((reviewer_id IS NULL) = (finding = ''))
);
-- Nobody breaks the glass of a case again before the last time was reviewed.
CREATE UNIQUE INDEX emergency_accesses_unreviewed ON emergency_accesses (principal_id, case_id)
  WHERE reviewer_id IS NULL;
CREATE INDEX emergency_accesses_by_principal ON emergency_accesses (principal_id, id);
CREATE INDEX emergency_accesses_by_case ON emergency_accesses (case_id, id);
CREATE INDEX emergency_accesses_in_force ON emergency_accesses (end_time) WHERE reviewer_id IS NULL;

CREATE TABLE lockdowns (
  id uuid PRIMARY KEY,
  -- Null for every mission.
  mission text COLLATE "C" CHECK (mission ~ '^[A-Za-z0-9._-]{1,16}$'),
  -- 1 read only, 2 sealed.
  mode smallint NOT NULL CHECK (mode BETWEEN 1 AND 2),
  start_time timestamptz NOT NULL,
  end_time timestamptz NOT NULL,
  initiator_id uuid NOT NULL REFERENCES principals,
  -- Another person.
  ender_id uuid REFERENCES principals CHECK (ender_id <> initiator_id),
  revision bigint NOT NULL DEFAULT 1,
  create_time timestamptz NOT NULL,
  CHECK (start_time <= end_time)
);
CREATE INDEX lockdowns_by_mission ON lockdowns (mission, id);
CREATE INDEX lockdowns_in_force ON lockdowns (end_time);

CREATE TABLE notices (
  id uuid PRIMARY KEY,
  recipient_id uuid NOT NULL REFERENCES principals,
  kind smallint NOT NULL CHECK (kind BETWEEN 1 AND 4),
  -- What it is about, by its name.
  subject text NOT NULL,
  create_time timestamptz NOT NULL,
  -- infinity while its recipient has not asked for it, and not taken note of it.
  deliver_time timestamptz NOT NULL DEFAULT 'infinity',
  acknowledge_time timestamptz NOT NULL DEFAULT 'infinity',
  CHECK (deliver_time <= acknowledge_time)
);
CREATE INDEX notices_by_recipient ON notices (recipient_id, id);

CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON emergency_accesses EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON lockdowns EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON notices EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER counted AFTER INSERT OR UPDATE ON emergency_accesses EXECUTE FUNCTION count_policy_change();
CREATE TRIGGER counted AFTER INSERT OR UPDATE ON lockdowns EXECUTE FUNCTION count_policy_change();
