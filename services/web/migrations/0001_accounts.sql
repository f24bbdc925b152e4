-- Who may come in: accounts, sessions, API tokens, invitations, and what is needed to slow down guessing.
-- Secrets are stored as SHA-256: each is 256 random bits, so there is nothing to guess and no salt to add.

CREATE TABLE accounts (
    person_id uuid PRIMARY KEY,
    email text NOT NULL UNIQUE,
    password_hash text NOT NULL,
    created_at timestamptz NOT NULL,
    password_changed_at timestamptz NOT NULL
);

CREATE TABLE sessions (
    secret_hash bytea PRIMARY KEY,
    session_id uuid NOT NULL UNIQUE,
    person_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    -- As which organisation she speaks; null until she has one.
    organization_id uuid,
    device text NOT NULL,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- What the next page says once: {"text", "url", "label"}.
    flash jsonb
);
CREATE INDEX sessions_of_person ON sessions (person_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE api_tokens (
    token_id uuid PRIMARY KEY,
    secret_hash bytea NOT NULL UNIQUE,
    person_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    organization_id uuid,
    label text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX api_tokens_of_person ON api_tokens (person_id);

CREATE TABLE invitations (
    secret_hash bytea PRIMARY KEY,
    person_id uuid NOT NULL,
    mandate_id uuid NOT NULL,
    issued_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX invitations_of_mandate ON invitations (mandate_id);

-- Counts of recent attempts, by a hash of who or where they come from: neither address nor e-mail is stored.
CREATE TABLE attempts (
    subject_hash bytea PRIMARY KEY,
    failures integer NOT NULL,
    last_at timestamptz NOT NULL,
    blocked_until timestamptz NOT NULL
);
CREATE INDEX attempts_last ON attempts (last_at);

-- Web looks a session up before it knows who asks, so it acts as the service; a person sees her own rows only.
ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
ALTER TABLE accounts FORCE ROW LEVEL SECURITY;
CREATE POLICY own_account ON accounts TO entente_service
    USING (acts_as_service() OR person_id = actor_person());

ALTER TABLE sessions ENABLE ROW LEVEL SECURITY;
ALTER TABLE sessions FORCE ROW LEVEL SECURITY;
CREATE POLICY own_sessions ON sessions TO entente_service
    USING (acts_as_service() OR person_id = actor_person());

ALTER TABLE api_tokens ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_tokens FORCE ROW LEVEL SECURITY;
CREATE POLICY own_tokens ON api_tokens TO entente_service
    USING (acts_as_service() OR person_id = actor_person());

ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;
CREATE POLICY invitations_by_secret ON invitations TO entente_service USING (acts_as_service());

ALTER TABLE attempts ENABLE ROW LEVEL SECURITY;
ALTER TABLE attempts FORCE ROW LEVEL SECURITY;
CREATE POLICY attempts_by_service ON attempts TO entente_service USING (acts_as_service());

GRANT SELECT, INSERT, UPDATE, DELETE ON accounts, sessions, api_tokens, invitations, attempts TO entente_service;
