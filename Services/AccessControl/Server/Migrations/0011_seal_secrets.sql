-- Secrets are sealed by the service, at its start those that there are: 37 bytes longer than they were (Sealing/Vault).
ALTER TABLE credentials DROP CONSTRAINT credentials_totp_secret_check;
ALTER TABLE credentials ADD CONSTRAINT credentials_totp_secret_check CHECK (octet_length(totp_secret) IN (20, 57));
ALTER TABLE invitations DROP CONSTRAINT invitations_totp_secret_check;
ALTER TABLE invitations ADD CONSTRAINT invitations_totp_secret_check CHECK (octet_length(totp_secret) IN (20, 57));
ALTER TABLE token_keys DROP CONSTRAINT token_keys_seed_check;
ALTER TABLE token_keys ADD CONSTRAINT token_keys_seed_check CHECK (octet_length(seed) IN (32, 69));
