-- Who may act for which side: a projection of contacts' events. Ids only, rebuilt by replaying them.

CREATE TABLE affiliations (
    person_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    administrator boolean NOT NULL,
    signatory boolean NOT NULL,
    PRIMARY KEY (person_id, organization_id)
);
CREATE INDEX affiliations_of_organization ON affiliations (organization_id) WHERE signatory;

CREATE TABLE mandates (
    mandate_id uuid PRIMARY KEY,
    convention_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    state text NOT NULL CHECK (state IN ('proposed', 'accepted', 'declined'))
);
CREATE INDEX mandates_of_convention ON mandates (convention_id, organization_id);
CREATE INDEX mandates_of_person ON mandates (person_id);

-- Who may read which convention: a whole organisation, or one person through her mandate. Its own policy leaves each
-- actor only the rows that concern her, so the policy of any other table is "the convention is in here", and no policy
-- ever reads the table that it protects.
CREATE TABLE convention_access (
    convention_id uuid NOT NULL,
    organization_id uuid,
    mandate_id uuid,
    person_id uuid,
    CHECK ((organization_id IS NULL) = (mandate_id IS NOT NULL)),
    CHECK ((mandate_id IS NULL) = (person_id IS NULL)),
    UNIQUE NULLS NOT DISTINCT (convention_id, organization_id, mandate_id)
);
CREATE INDEX convention_access_of_organization ON convention_access (organization_id) WHERE organization_id IS NOT NULL;
CREATE INDEX convention_access_of_person ON convention_access (person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX convention_access_of_mandate ON convention_access (mandate_id) WHERE mandate_id IS NOT NULL;

ALTER TABLE convention_access ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_access FORCE ROW LEVEL SECURITY;
CREATE POLICY own_access ON convention_access FOR SELECT TO entente_service
    -- Sub-selects are computed once a statement; a call would be once a row, in every policy that reads this table.
    USING (
        organization_id = (SELECT actor_organization())
        OR person_id = (SELECT actor_person())
        OR (SELECT acts_as_service())
    );
-- Written by triggers only, with the rights of the owner: no request can give itself a way in.
CREATE POLICY written_by_triggers ON convention_access TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT ON convention_access TO entente_service;

CREATE FUNCTION give_access_by_mandate() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.state = 'declined' THEN
        DELETE FROM convention_access WHERE mandate_id = NEW.mandate_id;
    ELSE
        INSERT INTO convention_access (convention_id, mandate_id, person_id)
        VALUES (NEW.convention_id, NEW.mandate_id, NEW.person_id)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION give_access_by_mandate() FROM PUBLIC;
CREATE TRIGGER give_access_by_mandate AFTER INSERT OR UPDATE OF state ON mandates
    FOR EACH ROW EXECUTE FUNCTION give_access_by_mandate();

ALTER TABLE affiliations ENABLE ROW LEVEL SECURITY;
ALTER TABLE affiliations FORCE ROW LEVEL SECURITY;
-- Whether the other party has anybody who may sign is asked on behalf of either side.
CREATE POLICY read_affiliations ON affiliations FOR SELECT TO entente_service
    USING (acts_as_service() OR actor_person() IS NOT NULL);
CREATE POLICY project_affiliations ON affiliations TO entente_service
    USING (acts_as_service()) WITH CHECK (acts_as_service());
GRANT SELECT, INSERT, UPDATE, DELETE ON affiliations TO entente_service;

ALTER TABLE mandates ENABLE ROW LEVEL SECURITY;
ALTER TABLE mandates FORCE ROW LEVEL SECURITY;
CREATE POLICY read_mandates ON mandates FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = mandates.convention_id));
CREATE POLICY project_mandates ON mandates TO entente_service
    USING (acts_as_service()) WITH CHECK (acts_as_service());
GRANT SELECT, INSERT, UPDATE ON mandates TO entente_service;
