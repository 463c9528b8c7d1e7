-- The focal points of missions, of headquarters and of the system, by tenure.

CREATE TABLE focal_points (
  id uuid PRIMARY KEY,
  -- 1 a mission's, 2 headquarters', 3 the system's.
  seat smallint NOT NULL CHECK (seat BETWEEN 1 AND 3),
  mission_id text REFERENCES missions,
  -- Of access control.
  principal_id uuid NOT NULL,
  alternates uuid[] NOT NULL CHECK (cardinality(alternates) <= 10),
  languages text[] NOT NULL CHECK (cardinality(languages) <= 20),
  -- Days, both in office.
  start_date partial_date NOT NULL CHECK (start_date % 100 > 0),
  end_date partial_date CHECK (end_date % 100 > 0 AND end_date >= start_date),
  predecessor_id uuid UNIQUE REFERENCES focal_points,
  note text NOT NULL CHECK (char_length(note) <= 2000),
  acknowledge_time timestamptz,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  CHECK ((seat = 1) = (mission_id IS NOT NULL)),
  CHECK (acknowledge_time IS NULL OR predecessor_id IS NOT NULL)
);
CREATE INDEX focal_points_by_seat ON focal_points (seat, mission_id, start_date);

-- A tenure ends once and is acknowledged once; nothing else of it changes, and no two of a seat overlap.
CREATE FUNCTION check_tenure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (
    to_jsonb(NEW) - '{end_date,acknowledge_time,revision}'::text[]
      <> to_jsonb(OLD) - '{end_date,acknowledge_time,revision}'::text[]
    OR OLD.end_date IS NOT NULL AND NEW.end_date IS DISTINCT FROM OLD.end_date
    OR OLD.acknowledge_time IS NOT NULL AND NEW.acknowledge_time IS DISTINCT FROM OLD.acknowledge_time
  ) THEN
    RAISE EXCEPTION 'nothing is overwritten in %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (
    SELECT FROM focal_points o
    WHERE o.id <> NEW.id AND o.seat = NEW.seat AND o.mission_id IS NOT DISTINCT FROM NEW.mission_id
      AND o.start_date <= coalesce(NEW.end_date, 99991231) AND NEW.start_date <= coalesce(o.end_date, 99991231)
  ) THEN
    RAISE EXCEPTION 'two tenures of one seat overlap' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON focal_points EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER tenure BEFORE INSERT OR UPDATE ON focal_points FOR EACH ROW EXECUTE FUNCTION check_tenure();

-- They name persons: nobody reads them but the service in its own work.
CREATE POLICY everything ON focal_points USING ((SELECT reader_sees_all()));
ALTER TABLE focal_points ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
