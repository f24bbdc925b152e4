-- depends: 0110_terms 0140_life
-- How each term of a convention goes on: told once, decided by each party. Rows are only added.

CREATE TABLE convention_renewals_told (
    convention_id uuid NOT NULL REFERENCES conventions,
    ends_on date NOT NULL,
    told_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, ends_on)
);

CREATE TABLE convention_renewal_decisions (
    convention_id uuid NOT NULL REFERENCES conventions,
    ends_on date NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    agrees boolean NOT NULL,
    means text NOT NULL CHECK (means IN ('password', 'second_factor')),
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, ends_on, organization_id),
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);

ALTER TABLE convention_renewals_told ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_renewals_told FORCE ROW LEVEL SECURITY;
CREATE POLICY read_told ON convention_renewals_told FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_renewals_told.convention_id));
CREATE POLICY tell ON convention_renewals_told FOR INSERT TO entente_service WITH CHECK (acts_as_service());
GRANT SELECT, INSERT ON convention_renewals_told TO entente_service;

ALTER TABLE convention_renewal_decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_renewal_decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY read_decisions ON convention_renewal_decisions FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_renewal_decisions.convention_id));
CREATE POLICY decide_for_own ON convention_renewal_decisions FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_renewal_decisions.convention_id
              AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON convention_renewal_decisions TO entente_service;
