-- Who observes which convention: a projection of projects' events, ids only.
-- depends: 0012_handovers

-- Open, as `party` is: policies of other tables read it, and ids alone tell nothing.
CREATE TABLE observer (
    convention_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    PRIMARY KEY (convention_id, organization_id)
);
CREATE INDEX observer_organization ON observer (organization_id);
GRANT SELECT, INSERT, DELETE ON observer TO entente_service;

-- Whoever reads a shared room knows who wrote in it: an observer knows the members of the parties, by name only.
CREATE OR REPLACE FUNCTION knows_person(who uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT EXISTS (SELECT FROM membership WHERE person_id = who AND is_partner(organization_id))
        OR EXISTS (SELECT FROM mandate WHERE person_id = who)
        OR EXISTS (
            SELECT FROM membership
            JOIN party USING (organization_id)
            JOIN observer USING (convention_id)
            WHERE membership.person_id = who AND party.reads AND observer.organization_id = speaking_organization()
        )
$$;
