-- depends: 0090_organizations
-- The service makes its projections again: it may then remove what no event has told, and correct the rest.

GRANT UPDATE, DELETE ON organizations, witnessed_events TO entente_service;
GRANT DELETE ON mandates TO entente_service;

CREATE POLICY rebuild_organizations ON organizations TO entente_service
    USING (acts_as_service()) WITH CHECK (acts_as_service());
CREATE POLICY rebuild_witnessed ON witnessed_events TO entente_service
    USING (acts_as_service()) WITH CHECK (acts_as_service());

CREATE OR REPLACE FUNCTION give_access_by_mandate() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM convention_access WHERE mandate_id = OLD.mandate_id;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.state = 'proposed' THEN
        INSERT INTO convention_access (convention_id, mandate_id, person_id)
        VALUES (NEW.convention_id, NEW.mandate_id, NEW.person_id)
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
CREATE OR REPLACE TRIGGER give_access_by_mandate AFTER INSERT OR UPDATE OR DELETE ON mandates
    FOR EACH ROW EXECUTE FUNCTION give_access_by_mandate();
