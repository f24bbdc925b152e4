-- depends: 0201_leaving
-- A notice of termination is taken back: its row stays, and no longer stands. Another one may follow.

ALTER TABLE convention_terminations
    DROP CONSTRAINT convention_terminations_pkey,
    -- The client makes the id: within the convention, so that nobody learns what exists in another one.
    ADD PRIMARY KEY (convention_id, termination_id),
    ADD COLUMN withdrawn_at timestamptz,
    ADD COLUMN withdrawn_by uuid,
    ADD CONSTRAINT convention_terminations_withdrawn_check CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL));
CREATE UNIQUE INDEX convention_terminations_standing ON convention_terminations (convention_id) WHERE withdrawn_at IS NULL;
DROP INDEX convention_terminations_due;
CREATE INDEX convention_terminations_due ON convention_terminations (effective_on) WHERE withdrawn_at IS NULL;

CREATE POLICY withdraw_own ON convention_terminations FOR UPDATE TO entente_service
    USING (organization_id = actor_organization()) WITH CHECK (withdrawn_by = actor_person());
GRANT UPDATE (withdrawn_at, withdrawn_by) ON convention_terminations TO entente_service;
