-- Sessions of whoever has signed in at an issuer of the deployment's own.
ALTER TABLE sessions DROP CONSTRAINT sessions_kind_check;
-- 1 authenticator, 2 recovery code, 3 certificate, 4 external issuer.
ALTER TABLE sessions ADD CONSTRAINT sessions_kind_check CHECK (kind BETWEEN 1 AND 4);
-- The roles that its holder may act by, of those that it holds, a bit for each reader class, by its number less one. Null
-- for all of them.
ALTER TABLE sessions ADD COLUMN readers smallint;
