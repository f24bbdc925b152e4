-- The ledger: who was told what, on which channel, once.
-- depends: 0001_recipients

CREATE TABLE notices (
    notice_id uuid PRIMARY KEY,
    event_id uuid NOT NULL,
    recipient uuid NOT NULL,
    as_organization uuid NOT NULL,
    kind text NOT NULL,
    because text NOT NULL CHECK (because IN ('asked', 'referent', 'signatory', 'lead', 'signed')),
    state text NOT NULL CHECK (state IN ('to_do', 'to_read', 'filed')),
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    filed_at timestamptz,
    -- What it asked for was done, by her or by a colleague: an e-mail that still waits has lost its reason.
    settled_at timestamptz,
    actor_person uuid,
    actor_organization uuid,
    convention_id uuid NOT NULL,
    clause_id uuid,
    project_id uuid,
    milestone_id uuid,
    indicator_id uuid,
    mandate_id uuid,
    UNIQUE (event_id, recipient, kind)
);
CREATE INDEX notices_drawer ON notices (recipient, state, notice_id DESC);
CREATE INDEX notices_unread ON notices (recipient) WHERE read_at IS NULL AND state <> 'filed';
CREATE INDEX notices_to_do ON notices (convention_id, kind) WHERE state = 'to_do';

GRANT SELECT, INSERT ON notices TO entente_service;
GRANT UPDATE (state, version, read_at, filed_at, settled_at) ON notices TO entente_service;

ALTER TABLE notices ENABLE ROW LEVEL SECURITY;
ALTER TABLE notices FORCE ROW LEVEL SECURITY;
-- In sub-selects, so that each is asked once per statement and not once per row.
CREATE POLICY own_notices ON notices FOR SELECT TO entente_service
    USING (recipient = (SELECT actor_person()) OR (SELECT acts_as_service()));
CREATE POLICY own_notices_change ON notices FOR UPDATE TO entente_service
    USING (recipient = (SELECT actor_person()) OR (SELECT acts_as_service()));
CREATE POLICY service_adds ON notices FOR INSERT TO entente_service
    WITH CHECK ((SELECT acts_as_service()));

-- One row per notice and channel. Rows with the same letter_id travel in one e-mail; the first of them is the letter's
-- head, whose delivery_id is the letter_id, and it alone is due, leased and retried.
CREATE TABLE deliveries (
    delivery_id uuid PRIMARY KEY,
    letter_id uuid NOT NULL REFERENCES deliveries,
    notice_id uuid NOT NULL REFERENCES notices,
    event_id uuid NOT NULL,
    recipient uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('email')),
    kind text NOT NULL,
    convention_id uuid NOT NULL,
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'failed', 'cancelled')),
    -- A code, never a server's words: they repeat the address.
    reason text,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    claim uuid,
    leased_until timestamptz,
    closed_at timestamptz,
    traceparent text,
    UNIQUE (event_id, recipient, channel, kind)
);
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE state = 'queued' AND delivery_id = letter_id;
CREATE INDEX deliveries_of_letter ON deliveries (letter_id);
CREATE INDEX deliveries_of_notice ON deliveries (notice_id);
CREATE INDEX deliveries_to_fold ON deliveries (recipient, convention_id, kind, due_at DESC)
    WHERE delivery_id = letter_id;

GRANT SELECT, INSERT ON deliveries TO entente_service;
GRANT UPDATE (state, reason, due_at, attempts, claim, leased_until, closed_at) ON deliveries TO entente_service;

ALTER TABLE deliveries ENABLE ROW LEVEL SECURITY;
ALTER TABLE deliveries FORCE ROW LEVEL SECURITY;
CREATE POLICY own_deliveries ON deliveries FOR SELECT TO entente_service
    USING (recipient = (SELECT actor_person()) OR (SELECT acts_as_service()));
CREATE POLICY service_changes ON deliveries FOR UPDATE TO entente_service
    USING ((SELECT acts_as_service()));
CREATE POLICY service_adds ON deliveries FOR INSERT TO entente_service
    WITH CHECK ((SELECT acts_as_service()));
