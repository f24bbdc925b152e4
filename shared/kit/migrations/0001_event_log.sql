-- The tables that every service has: its event log (which is its outbox), its inbox, and who acts.

CREATE FUNCTION actor_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('entente.person', true), '')::uuid $$;

CREATE FUNCTION actor_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('entente.organization', true), '')::uuid $$;

CREATE FUNCTION acts_as_service() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT coalesce(current_setting('entente.role', true) = 'service', false) $$;

-- Append-only and never trimmed: it is the audit trail and the source of every replay.
CREATE TABLE event_log (
    seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL UNIQUE,
    type text NOT NULL,
    aggregate_id uuid NOT NULL,
    version bigint NOT NULL CHECK (version > 0),
    partnership_id uuid,
    occurred_at timestamptz NOT NULL,
    actor_person uuid,
    actor_organization uuid,
    traceparent text,
    -- Larger than this and the relay could never publish it: one oversized row would block all that follow.
    data text NOT NULL CHECK (octet_length(data) <= 65536),
    -- Each row seals the one before it in the same chain, so that a changed or missing row shows.
    chain_id uuid NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    published_at timestamptz,
    stream_seq bigint,
    emissions integer NOT NULL DEFAULT 0,
    UNIQUE (aggregate_id, version)
);
CREATE INDEX event_log_waiting ON event_log (seq) WHERE published_at IS NULL;
CREATE INDEX event_log_stream ON event_log (stream_seq) WHERE stream_seq IS NOT NULL;
CREATE INDEX event_log_partnership ON event_log (partnership_id, occurred_at DESC, event_id DESC)
    WHERE partnership_id IS NOT NULL;
GRANT SELECT, INSERT ON event_log TO entente_service;
GRANT UPDATE (published_at, stream_seq, emissions) ON event_log TO entente_service;

CREATE TABLE event_chain (
    chain_id uuid PRIMARY KEY,
    hash bytea NOT NULL,
    length bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON event_chain TO entente_service;

-- The highest version of each aggregate: what the digest tells, without reading the log.
CREATE TABLE event_head (
    aggregate_id uuid PRIMARY KEY,
    version bigint NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX event_head_changed ON event_head (changed_at);
GRANT SELECT, INSERT, UPDATE ON event_head TO entente_service;

-- One row. The epoch rises when the database is restored to an earlier point.
CREATE TABLE relay_state (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    epoch bigint NOT NULL,
    stream_created timestamptz
);
INSERT INTO relay_state (epoch) VALUES (1);
GRANT SELECT ON relay_state TO entente_service;
GRANT UPDATE (stream_created) ON relay_state TO entente_service;

-- How far each aggregate of each producer has been applied here.
CREATE TABLE inbox_head (
    source text NOT NULL,
    aggregate_id uuid NOT NULL,
    version bigint NOT NULL,
    epoch bigint NOT NULL,
    PRIMARY KEY (source, aggregate_id)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON inbox_head TO entente_service;

-- Events that came before their predecessor.
CREATE TABLE inbox_parked (
    source text NOT NULL,
    aggregate_id uuid NOT NULL,
    version bigint NOT NULL,
    headers jsonb NOT NULL,
    data bytea NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, aggregate_id, version)
);
GRANT SELECT, INSERT, DELETE ON inbox_parked TO entente_service;

-- Messages that nobody could apply, with the reason, until an operator decides.
CREATE TABLE quarantine (
    quarantine_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source text NOT NULL,
    subject text NOT NULL,
    stream_seq bigint,
    aggregate_id uuid,
    version bigint,
    headers jsonb NOT NULL,
    data bytea NOT NULL,
    reason text NOT NULL,
    quarantined_at timestamptz NOT NULL DEFAULT now(),
    resolved_at timestamptz,
    UNIQUE (source, stream_seq)
);
GRANT SELECT, INSERT, UPDATE ON quarantine TO entente_service;
