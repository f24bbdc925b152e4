-- A party that has left reads the convention no more. Who it is stays known: what it signed stays.
-- depends: 0030_admissions

ALTER TABLE party ADD COLUMN has_left boolean NOT NULL DEFAULT false;
GRANT UPDATE (has_left) ON party TO entente_service;

CREATE OR REPLACE FUNCTION reads_convention(which uuid) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT EXISTS (
        SELECT FROM party
        WHERE convention_id = which AND organization_id = speaking_organization() AND reads AND NOT has_left
    )
$$;
