-- depends: 0070_overview
-- A mandate opens its convention to one person while she is asked only. Who has accepted reads it as a member of the
-- party, so that she stops reading it on the day on which she leaves, whatever she then speaks as.

CREATE OR REPLACE FUNCTION give_access_by_mandate() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NEW.state = 'proposed' THEN
        INSERT INTO convention_access (convention_id, mandate_id, person_id)
        VALUES (NEW.convention_id, NEW.mandate_id, NEW.person_id)
        ON CONFLICT DO NOTHING;
    ELSE
        DELETE FROM convention_access WHERE mandate_id = NEW.mandate_id;
    END IF;
    RETURN NULL;
END
$$;

-- The owner is subject to the policies too, and none of them is for it.
ALTER TABLE mandates NO FORCE ROW LEVEL SECURITY;
DELETE FROM convention_access USING mandates
WHERE convention_access.mandate_id = mandates.mandate_id AND mandates.state <> 'proposed';
ALTER TABLE mandates FORCE ROW LEVEL SECURITY;
