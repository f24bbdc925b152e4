-- depends: 0100_rebuilding
-- What becomes of a signed convention: suspensions, notice, end, last duties. Acts are only added; a suspension is lifted.

-- A signed convention keeps its seal and the moment of its last signature, whatever becomes of it.
ALTER TABLE conventions
    DROP CONSTRAINT conventions_state_check,
    DROP CONSTRAINT conventions_check1,
    DROP CONSTRAINT conventions_check2,
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN closed_at timestamptz,
    ADD CONSTRAINT conventions_state_check CHECK (
        state IN ('draft', 'negotiating', 'ready', 'partly_signed', 'active', 'suspended', 'expired', 'terminated')
    ),
    ADD CONSTRAINT conventions_sealed_check CHECK (
        (state NOT IN ('draft', 'negotiating')) = (sealed_at_version IS NOT NULL)
    ),
    ADD CONSTRAINT conventions_activated_check CHECK (
        (state IN ('active', 'suspended', 'expired', 'terminated')) = (activated_at IS NOT NULL)
    ),
    ADD CONSTRAINT conventions_ended_check CHECK ((state IN ('expired', 'terminated')) = (ended_at IS NOT NULL)),
    ADD CONSTRAINT conventions_closed_check CHECK (closed_at IS NULL OR ended_at IS NOT NULL);
GRANT UPDATE (ended_at, closed_at) ON conventions TO entente_service;
CREATE INDEX conventions_in_force ON conventions (ends_on) WHERE state IN ('active', 'suspended');

CREATE TABLE convention_suspensions (
    convention_id uuid NOT NULL REFERENCES conventions,
    suspension_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 2000),
    means text NOT NULL CHECK (means IN ('password', 'second_factor')),
    resumes_on date,
    suspended_at timestamptz NOT NULL,
    lifted_at timestamptz,
    -- The client makes the id: within the convention, so that nobody learns what exists in another one.
    PRIMARY KEY (convention_id, suspension_id),
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);
CREATE UNIQUE INDEX convention_suspensions_standing ON convention_suspensions (convention_id, organization_id)
    WHERE lifted_at IS NULL;
CREATE INDEX convention_suspensions_due ON convention_suspensions (resumes_on)
    WHERE lifted_at IS NULL AND resumes_on IS NOT NULL;

CREATE TABLE convention_terminations (
    convention_id uuid PRIMARY KEY REFERENCES conventions,
    termination_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 2000),
    means text NOT NULL CHECK (means IN ('password', 'second_factor')),
    effective_on date NOT NULL,
    notified_at timestamptz NOT NULL,
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);
CREATE INDEX convention_terminations_due ON convention_terminations (effective_on);

CREATE TABLE convention_closing_steps (
    convention_id uuid NOT NULL REFERENCES conventions,
    organization_id uuid NOT NULL,
    step text NOT NULL CHECK (char_length(step) <= 40),
    person_id uuid NOT NULL,
    done_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, organization_id, step),
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);

ALTER TABLE convention_suspensions ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_suspensions FORCE ROW LEVEL SECURITY;
CREATE POLICY read_suspensions ON convention_suspensions FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_suspensions.convention_id));
CREATE POLICY suspend_for_own ON convention_suspensions FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_suspensions.convention_id
              AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY lift_own ON convention_suspensions FOR UPDATE TO entente_service
    USING (organization_id = actor_organization() OR acts_as_service());
GRANT SELECT, INSERT ON convention_suspensions TO entente_service;
GRANT UPDATE (lifted_at) ON convention_suspensions TO entente_service;

ALTER TABLE convention_terminations ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_terminations FORCE ROW LEVEL SECURITY;
CREATE POLICY read_terminations ON convention_terminations FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_terminations.convention_id));
CREATE POLICY terminate_for_own ON convention_terminations FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_terminations.convention_id
              AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON convention_terminations TO entente_service;

ALTER TABLE convention_closing_steps ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_closing_steps FORCE ROW LEVEL SECURITY;
CREATE POLICY read_closing_steps ON convention_closing_steps FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_closing_steps.convention_id));
CREATE POLICY complete_own ON convention_closing_steps FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_closing_steps.convention_id
              AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON convention_closing_steps TO entente_service;

-- Projects pause and resume with their convention, by whoever's act or by the calendar's.
ALTER TABLE projects
    DROP CONSTRAINT projects_state_check,
    DROP CONSTRAINT projects_check,
    ADD CONSTRAINT projects_state_check CHECK (state IN ('framed', 'running', 'paused')),
    ADD CONSTRAINT projects_started_check CHECK ((state <> 'framed') = (started_at IS NOT NULL));
CREATE POLICY follow_convention ON projects FOR UPDATE TO entente_service
    USING (acts_as_service());
