-- By which grants what was done that the log tells of: for lists, as the columns of entries are.
CREATE TABLE audit_grant_uses (
  grant_id uuid NOT NULL,
  -- Of the entry.
  index bigint NOT NULL,
  PRIMARY KEY (grant_id, index)
);
CREATE TRIGGER keep BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_grant_uses EXECUTE FUNCTION refuse_removal();
