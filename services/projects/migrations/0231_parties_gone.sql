-- depends: 0201_leaving 0230_entrusted 0240_agreed_once
-- A party that has accepted nothing is taken back by one of the others, and may come again; and an amendment goes on without
-- a party that has left its convention.

CREATE POLICY take_back_parties ON convention_parties FOR UPDATE TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_parties.convention_id AND access.organization_id = actor_organization()
        )
        AND EXISTS (
            SELECT FROM conventions AS convention
            WHERE convention.convention_id = convention_parties.convention_id AND convention.amends IS NULL
              AND convention.state IN ('draft', 'negotiating', 'ready', 'partly_signed')
        )
    )
    WITH CHECK (
        left_on IS NOT NULL
        OR EXISTS (
            SELECT FROM convention_admissions AS admission
            WHERE admission.convention_id = convention_parties.convention_id
              AND admission.organization_id = convention_parties.organization_id
              AND admission.role = 'party' AND admission.admitted_at IS NOT NULL AND admission.ended_at IS NULL
        )
    );
GRANT UPDATE (name, seat) ON convention_parties TO entente_service;

-- What all who stay have accepted is agreed: the calendar writes that.
CREATE POLICY go_on_without ON clauses FOR UPDATE TO entente_service USING (acts_as_service());
CREATE POLICY go_on_without ON convention_annexes FOR UPDATE TO entente_service USING (acts_as_service());
