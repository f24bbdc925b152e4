-- depends: 0200_admissions 0141_renewals
-- A party leaves alone: it gives notice, and from its day on it reads and does nothing there. Rows are only added.

ALTER TABLE convention_parties ADD COLUMN left_on date;
GRANT UPDATE (left_on) ON convention_parties TO entente_service;

CREATE TABLE convention_departures (
    convention_id uuid NOT NULL REFERENCES conventions,
    organization_id uuid NOT NULL,
    departure_id uuid NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 2000),
    means text NOT NULL CHECK (means IN ('password', 'second_factor')),
    effective_on date NOT NULL,
    notified_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, organization_id),
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);
CREATE INDEX convention_departures_due ON convention_departures (effective_on);

ALTER TABLE convention_departures ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_departures FORCE ROW LEVEL SECURITY;
CREATE POLICY read_departures ON convention_departures FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_departures.convention_id));
CREATE POLICY leave_for_own ON convention_departures FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_departures.convention_id
              AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON convention_departures TO entente_service;

-- Whoever left reads no more; the projects of the others are led without it.
CREATE FUNCTION take_access_of_party() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    DELETE FROM convention_access WHERE convention_id = NEW.convention_id AND organization_id = NEW.organization_id;
    DELETE FROM project_leads WHERE convention_id = NEW.convention_id AND organization_id = NEW.organization_id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION take_access_of_party() FROM PUBLIC;
CREATE TRIGGER take_access_of_party AFTER UPDATE OF left_on ON convention_parties
    FOR EACH ROW WHEN (NEW.left_on IS NOT NULL) EXECUTE FUNCTION take_access_of_party();
-- Written by the trigger only, with the rights of the owner.
CREATE POLICY left_by_triggers ON project_leads TO CURRENT_USER USING (true) WITH CHECK (true);
