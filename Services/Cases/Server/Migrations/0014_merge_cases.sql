-- Cases that another stands for.

ALTER TABLE cases
  ADD merged_into uuid REFERENCES cases,
  ADD CHECK ((state = 7) = (merged_into IS NOT NULL)),
  ADD CHECK (merged_into <> id);

ALTER TABLE case_transitions
  -- The case that stands for it from then on.
  ADD survivor_id uuid REFERENCES cases,
  ADD CHECK ((to_state = 7) = (survivor_id IS NOT NULL));
