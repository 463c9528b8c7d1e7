-- How cases were classified: a higher classification by one person, a lower one by two, none by itself.
--
-- Numbers of classifications are those of Shared/Policy, as in the table cases.
CREATE TABLE case_regradings (
  id uuid PRIMARY KEY,
  case_id uuid NOT NULL REFERENCES cases,
  from_classification smallint NOT NULL CHECK (from_classification BETWEEN 0 AND 2),
  to_classification smallint NOT NULL CHECK (to_classification BETWEEN 0 AND 2),
  reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 500),
  proposer_id uuid NOT NULL,
  -- 1 proposed, 2 confirmed, 3 refused.
  state smallint NOT NULL CHECK (state BETWEEN 1 AND 3),
  decider_id uuid,
  decide_time timestamptz,
  revision bigint NOT NULL,
  create_time timestamptz NOT NULL,
  CHECK (from_classification <> to_classification),
  CHECK ((state = 1) = (decider_id IS NULL) AND (state = 1) = (decide_time IS NULL)),
  -- It takes two.
  CHECK (state <> 2 OR to_classification > from_classification OR decider_id <> proposer_id)
);
CREATE INDEX case_regradings_by_case ON case_regradings (case_id, id);
-- One at a time.
CREATE UNIQUE INDEX case_regradings_proposed ON case_regradings (case_id) WHERE state = 1;

CREATE TRIGGER keep BEFORE DELETE OR TRUNCATE ON case_regradings EXECUTE FUNCTION refuse_removal();
CREATE TRIGGER decided BEFORE UPDATE ON case_regradings FOR EACH ROW EXECUTE FUNCTION refuse_decided();

-- No case is lowered but by what two persons have decided, in the transaction of that.
CREATE FUNCTION refuse_lowering() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM case_regradings r
    WHERE r.case_id = NEW.id AND r.state = 2 AND r.from_classification = OLD.classification
      AND r.to_classification = NEW.classification AND r.decide_time = NEW.update_time
  ) THEN
    RAISE EXCEPTION 'it takes two to lower the classification of a case' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER lowered BEFORE UPDATE OF classification ON cases FOR EACH ROW
  WHEN (NEW.classification < OLD.classification) EXECUTE FUNCTION refuse_lowering();

-- The second wall of migration 0004.
CREATE POLICY by_relation ON case_regradings FOR SELECT USING (reader_sees_case(case_id));
CREATE POLICY everything ON case_regradings USING ((SELECT reader_sees_all()));
ALTER TABLE case_regradings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
