-- Hosts of missions as resources: with the agreement that their status comes from, and with every version that there was.

ALTER TABLE mission_hosts
  ADD id uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
  ADD agreement text NOT NULL DEFAULT '' CHECK (char_length(agreement) <= 200),
  ADD revision bigint NOT NULL DEFAULT 1,
  ADD CHECK (first_day(start_date) < day_after(end_date));

-- Every version of every host, with when the register said so: one that was ended as an error is found here only.
CREATE TABLE mission_host_versions (
  version bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL,
  mission_id text NOT NULL REFERENCES missions,
  state text NOT NULL,
  role smallint NOT NULL,
  start_date partial_date,
  end_date partial_date,
  agreement text NOT NULL,
  reviewed boolean NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz NOT NULL DEFAULT 'infinity'
);
CREATE INDEX mission_host_versions_by_host ON mission_host_versions (id) WHERE ended_at = 'infinity';

CREATE FUNCTION keep_host_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    UPDATE mission_host_versions SET ended_at = now() WHERE id = OLD.id AND ended_at = 'infinity';
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO mission_host_versions (id, mission_id, state, role, start_date, end_date, agreement, reviewed)
    VALUES (
      NEW.id, NEW.mission_id, NEW.state, NEW.role, NEW.start_date, NEW.end_date, NEW.agreement, NEW.reviewed
    );
  END IF;
  RETURN NULL;
END
$$;

INSERT INTO mission_host_versions (id, mission_id, state, role, start_date, end_date, agreement, reviewed)
SELECT id, mission_id, state, role, start_date, end_date, agreement, reviewed FROM mission_hosts;

CREATE TRIGGER versions AFTER INSERT OR UPDATE OR DELETE ON mission_hosts
  FOR EACH ROW EXECUTE FUNCTION keep_host_version();
CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON mission_host_versions EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER versions BEFORE UPDATE ON mission_host_versions FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE POLICY everything ON mission_host_versions USING ((SELECT reader_sees_all()));
ALTER TABLE mission_host_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Brings the hosts that cases of missions have on the day of the incident in line with the missions'.
CREATE FUNCTION settle_host_states(missions text[]) RETURNS void LANGUAGE sql AS $$
  UPDATE cases c
  SET host_states = n.states, host_states_reviewed = n.reviewed, revision = c.revision + 1, update_time = now()
  FROM (
    SELECT o.id, coalesce(array_agg(DISTINCT h.state) FILTER (WHERE h.state IS NOT NULL), '{}'::text[]) AS states,
      coalesce(bool_and(h.reviewed), false) AS reviewed
    FROM cases o
    LEFT JOIN mission_hosts h ON h.mission_id = o.mission_id AND h.role IN (1, 2)
      AND first_day(h.start_date) < day_after(o.incident_date)
      AND first_day(o.incident_date) < day_after(h.end_date)
    WHERE o.mission_id = ANY(missions)
    GROUP BY o.id
  ) AS n
  WHERE c.id = n.id AND (c.host_states, c.host_states_reviewed) IS DISTINCT FROM (n.states, n.reviewed)
$$;

-- As before, and what is derived from hosts beside relations.
CREATE OR REPLACE FUNCTION settle_changed_hosts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM settle_host_states(ARRAY(SELECT DISTINCT mission_id FROM changed));
  PERFORM settle_relations(
    ARRAY(SELECT c.id FROM cases c WHERE c.mission_id IN (SELECT mission_id FROM changed)));
  RETURN NULL;
END $$;
