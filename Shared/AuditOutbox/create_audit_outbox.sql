-- What the service has recorded and the log has not taken yet. Written in the transaction of what is recorded; nothing is
-- deleted before the log has it.
CREATE TABLE audit_records (
  -- Of the transaction that wrote it. Ids of transactions that have not ended are not below the snapshot's xmin, so below it
  -- nothing is added any more: there, this order is the order of the records for good.
  xact bigint NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
  id bigint GENERATED ALWAYS AS IDENTITY,
  -- Canonical bytes.
  record bytea NOT NULL CHECK (octet_length(record) BETWEEN 1 AND 16384),
  PRIMARY KEY (xact, id)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

-- How far the log has taken them: one row.
CREATE TABLE audit_cursor (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  -- The number of records taken, and the last of them.
  taken bigint NOT NULL,
  xact bigint NOT NULL,
  id bigint NOT NULL
);
INSERT INTO audit_cursor (taken, xact, id) VALUES (0, 0, 0);

CREATE FUNCTION keep_audit_records() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    RAISE EXCEPTION 'what is recorded is not rewritten' USING ERRCODE = 'restrict_violation';
  END IF;
  IF EXISTS (SELECT FROM gone g, audit_cursor c WHERE (g.xact, g.id) > (c.xact, c.id)) THEN
    RAISE EXCEPTION 'the log has not taken these records' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER keep BEFORE UPDATE OR TRUNCATE ON audit_records EXECUTE FUNCTION keep_audit_records();
CREATE TRIGGER keep_until_taken AFTER DELETE ON audit_records REFERENCING OLD TABLE AS gone
  FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_records();
