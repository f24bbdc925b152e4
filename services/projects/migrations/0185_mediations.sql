-- depends: 0180_promises
-- Mediations: one at a time. What is proposed and accepted in them is only added.

CREATE TABLE mediations (
    mediation_id uuid PRIMARY KEY,
    convention_id uuid NOT NULL REFERENCES conventions,
    version integer NOT NULL,
    asked_by uuid NOT NULL,
    asked_by_person uuid NOT NULL,
    asked_at timestamptz NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 2000),
    obligation_id uuid,
    meets_on date,
    -- The party that left it; NULL while it lasts, or when it ended with an agreement.
    ended_by uuid,
    ended_by_person uuid,
    end_reason text CHECK (char_length(end_reason) BETWEEN 1 AND 2000),
    ended_at timestamptz,
    FOREIGN KEY (convention_id, asked_by) REFERENCES convention_parties,
    FOREIGN KEY (convention_id, ended_by) REFERENCES convention_parties,
    FOREIGN KEY (convention_id, obligation_id) REFERENCES obligations (convention_id, obligation_id),
    CHECK (num_nulls(ended_by, ended_by_person, end_reason) IN (0, 3)),
    CHECK (ended_by IS NULL OR ended_at IS NOT NULL)
);
CREATE UNIQUE INDEX mediations_lasting ON mediations (convention_id) WHERE ended_at IS NULL;
CREATE INDEX mediations_in_order ON mediations (convention_id, asked_at DESC);

CREATE TABLE mediation_proposals (
    mediation_id uuid NOT NULL REFERENCES mediations,
    convention_id uuid NOT NULL,
    part text NOT NULL CHECK (part IN ('mediator', 'agreement')),
    revision integer NOT NULL CHECK (revision > 0),
    text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    PRIMARY KEY (mediation_id, part, revision),
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);

CREATE TABLE mediation_acceptances (
    mediation_id uuid NOT NULL,
    convention_id uuid NOT NULL,
    part text NOT NULL,
    revision integer NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    accepted_at timestamptz NOT NULL,
    PRIMARY KEY (mediation_id, part, revision, organization_id),
    FOREIGN KEY (mediation_id, part, revision) REFERENCES mediation_proposals,
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);

ALTER TABLE mediations ENABLE ROW LEVEL SECURITY;
ALTER TABLE mediations FORCE ROW LEVEL SECURITY;
CREATE POLICY read_mediations ON mediations FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = mediations.convention_id));
CREATE POLICY ask_for_own ON mediations FOR INSERT TO entente_service
    WITH CHECK (
        asked_by = actor_organization() AND asked_by_person = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = mediations.convention_id AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY move_mediations ON mediations FOR UPDATE TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = mediations.convention_id AND access.organization_id = actor_organization()
        )
    )
    WITH CHECK (ended_by IS NULL OR (ended_by = actor_organization() AND ended_by_person = actor_person()));
GRANT SELECT, INSERT ON mediations TO entente_service;
GRANT UPDATE (version, meets_on, ended_by, ended_by_person, end_reason, ended_at) ON mediations TO entente_service;

ALTER TABLE mediation_proposals ENABLE ROW LEVEL SECURITY;
ALTER TABLE mediation_proposals FORCE ROW LEVEL SECURITY;
CREATE POLICY read_proposals ON mediation_proposals FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = mediation_proposals.convention_id));
CREATE POLICY propose_for_own ON mediation_proposals FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = mediation_proposals.convention_id
              AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON mediation_proposals TO entente_service;

ALTER TABLE mediation_acceptances ENABLE ROW LEVEL SECURITY;
ALTER TABLE mediation_acceptances FORCE ROW LEVEL SECURITY;
CREATE POLICY read_acceptances ON mediation_acceptances FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = mediation_acceptances.convention_id));
CREATE POLICY accept_for_own ON mediation_acceptances FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = mediation_acceptances.convention_id
              AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON mediation_acceptances TO entente_service;
