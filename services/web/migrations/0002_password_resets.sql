-- One link per person: a newer one replaces it, and using it drops it.
-- depends: 0001_accounts

CREATE TABLE password_resets (
    person_id uuid PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    secret_hash bytea NOT NULL UNIQUE,
    expires_at timestamptz NOT NULL
);

ALTER TABLE password_resets ENABLE ROW LEVEL SECURITY;
ALTER TABLE password_resets FORCE ROW LEVEL SECURITY;
CREATE POLICY password_resets_by_secret ON password_resets TO entente_service USING (acts_as_service());

GRANT SELECT, INSERT, UPDATE, DELETE ON password_resets TO entente_service;
