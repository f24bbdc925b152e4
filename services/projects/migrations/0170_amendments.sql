-- depends: 0111_added_clauses 0120_annexes 0141_renewals 0150_rooms 0160_searching
-- Amendments: texts that are negotiated, sealed and signed in the tables of conventions, and name the one that they change.

ALTER TABLE conventions
    ADD COLUMN amends uuid REFERENCES conventions,
    ADD COLUMN amendment_number smallint CHECK (amendment_number > 0),
    ADD COLUMN base_hash text CHECK (base_hash ~ '^[0-9a-f]{64}$'),
    ADD COLUMN base_ends_on date,
    ADD COLUMN effective_on date,
    ADD COLUMN entered_at_version integer,
    ADD COLUMN entered_at timestamptz,
    DROP CONSTRAINT conventions_state_check,
    DROP CONSTRAINT conventions_sealed_check,
    DROP CONSTRAINT conventions_activated_check,
    ADD CONSTRAINT conventions_state_check CHECK (
        state IN ('draft', 'negotiating', 'ready', 'partly_signed', 'active', 'suspended', 'expired', 'terminated',
                  'signed', 'in_force', 'abandoned')
    ),
    ADD CONSTRAINT conventions_sealed_check CHECK (
        (state NOT IN ('draft', 'negotiating', 'abandoned')) = (sealed_at_version IS NOT NULL)
    ),
    ADD CONSTRAINT conventions_activated_check CHECK (
        (state IN ('active', 'suspended', 'expired', 'terminated', 'signed', 'in_force')) = (activated_at IS NOT NULL)
    ),
    ADD CONSTRAINT conventions_amending_check CHECK (
        num_nulls(amends, amendment_number, base_hash, base_ends_on) IN (0, 4)
    ),
    ADD CONSTRAINT conventions_amendment_states_check CHECK (
        CASE WHEN amends IS NULL THEN state NOT IN ('signed', 'in_force', 'abandoned')
             ELSE state NOT IN ('draft', 'active', 'suspended', 'expired', 'terminated') END
    ),
    ADD CONSTRAINT conventions_entered_check CHECK (
        (entered_at_version IS NULL) = (entered_at IS NULL) AND (entered_at IS NULL OR state = 'in_force')
    );
COMMENT ON COLUMN conventions.entered_at_version IS 'The version of its convention that an amendment made.';
COMMENT ON COLUMN conventions.base_ends_on IS 'The last day of the convention when the amendment began.';
GRANT UPDATE (entered_at_version, entered_at) ON conventions TO entente_service;
-- Each stands on the text in force: one at a time.
CREATE UNIQUE INDEX conventions_one_amendment_open ON conventions (amends)
    WHERE state IN ('negotiating', 'ready', 'partly_signed', 'signed');
CREATE UNIQUE INDEX conventions_amendments ON conventions (amends, amendment_number) WHERE state <> 'abandoned';
CREATE INDEX conventions_to_enter ON conventions (effective_on) WHERE state = 'signed';

ALTER TABLE clauses ADD COLUMN origin uuid REFERENCES clauses;
COMMENT ON COLUMN clauses.origin IS 'In an amendment, the article in force that it began as; NULL for one that is new.';

CREATE TABLE amendment_abandonments (
    convention_id uuid PRIMARY KEY REFERENCES conventions,
    -- By nobody when the convention had ended.
    organization_id uuid,
    person_id uuid,
    reason text NOT NULL CHECK (char_length(reason) <= 2000),
    abandoned_at timestamptz NOT NULL,
    CHECK ((organization_id IS NULL) = (person_id IS NULL)),
    CHECK ((organization_id IS NULL) = (reason = ''))
);
ALTER TABLE amendment_abandonments ENABLE ROW LEVEL SECURITY;
ALTER TABLE amendment_abandonments FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON amendment_abandonments FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = amendment_abandonments.convention_id));
CREATE POLICY add_own ON amendment_abandonments FOR INSERT TO entente_service
    WITH CHECK (
        (acts_as_service() AND organization_id IS NULL)
        OR (
            organization_id = actor_organization() AND person_id = actor_person()
            AND EXISTS (
                SELECT FROM convention_access AS access
                WHERE access.convention_id = amendment_abandonments.convention_id
                  AND access.organization_id = actor_organization()
            )
        )
    );
GRANT SELECT, INSERT ON amendment_abandonments TO entente_service;

-- Whoever reads a convention as an organisation reads its amendments, from the first day and as long as it reads it.
CREATE FUNCTION give_access_to_amendment() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO convention_access (convention_id, organization_id)
    SELECT NEW.convention_id, access.organization_id FROM convention_access AS access
    WHERE access.convention_id = NEW.amends AND access.organization_id IS NOT NULL
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION give_access_to_amendment() FROM PUBLIC;
CREATE TRIGGER give_access_to_amendment AFTER INSERT ON conventions
    FOR EACH ROW WHEN (NEW.amends IS NOT NULL) EXECUTE FUNCTION give_access_to_amendment();

CREATE FUNCTION follow_access_to_amendments() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        DELETE FROM convention_access AS access USING conventions AS amendment
        WHERE amendment.amends = OLD.convention_id AND access.convention_id = amendment.convention_id
          AND access.organization_id = OLD.organization_id;
    ELSE
        INSERT INTO convention_access (convention_id, organization_id)
        SELECT amendment.convention_id, NEW.organization_id FROM conventions AS amendment
        WHERE amendment.amends = NEW.convention_id
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION follow_access_to_amendments() FROM PUBLIC;
CREATE TRIGGER follow_new_access AFTER INSERT ON convention_access
    FOR EACH ROW WHEN (NEW.organization_id IS NOT NULL) EXECUTE FUNCTION follow_access_to_amendments();
CREATE TRIGGER follow_lost_access AFTER DELETE ON convention_access
    FOR EACH ROW WHEN (OLD.organization_id IS NOT NULL) EXECUTE FUNCTION follow_access_to_amendments();

-- Only who reads a convention as a whole begins an amendment of it.
DROP POLICY draft_conventions ON conventions;
CREATE POLICY draft_conventions ON conventions FOR INSERT TO entente_service
    WITH CHECK (
        drafted_by = actor_organization() AND drafted_by_person = actor_person()
        AND (
            amends IS NULL
            OR EXISTS (
                SELECT FROM convention_access AS access
                WHERE access.convention_id = conventions.amends AND access.organization_id = actor_organization()
            )
        )
    );

-- Rooms are those of the convention.
CREATE FUNCTION keep_rooms_to_conventions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM conventions WHERE convention_id = NEW.convention_id AND amends IS NOT NULL) THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION keep_rooms_to_conventions() FROM PUBLIC;
CREATE TRIGGER keep_rooms_to_conventions BEFORE INSERT ON rooms
    FOR EACH ROW EXECUTE FUNCTION keep_rooms_to_conventions();

-- Under which convention people are mandated for a text: for an amendment, that which it changes.
CREATE FUNCTION partnership_of(text_id uuid) RETURNS uuid LANGUAGE sql STABLE
AS $$ SELECT coalesce((SELECT amends FROM conventions WHERE convention_id = text_id), text_id) $$;

-- What enters into force was written by people of both sides, and is written into the convention by whoever signs last, or
-- by the calendar. This door is open while the version that the amendment makes is being made, and for nothing else.
CREATE FUNCTION being_amended(base_id uuid) RETURNS boolean LANGUAGE sql STABLE
AS $$
    SELECT EXISTS (
        SELECT FROM conventions AS base JOIN conventions AS amendment ON amendment.amends = base.convention_id
        WHERE base.convention_id = base_id AND amendment.state = 'in_force'
          AND amendment.entered_at_version = base.version + 1
    )
$$;
CREATE POLICY amend ON clauses FOR INSERT TO entente_service WITH CHECK (being_amended(convention_id));
CREATE POLICY amend_standing ON clauses FOR UPDATE TO entente_service USING (being_amended(convention_id));
CREATE POLICY amend ON clause_revisions FOR INSERT TO entente_service WITH CHECK (being_amended(convention_id));
CREATE POLICY amend ON convention_terms FOR INSERT TO entente_service WITH CHECK (being_amended(convention_id));
CREATE POLICY amend ON convention_annexes FOR INSERT TO entente_service WITH CHECK (being_amended(convention_id));
CREATE POLICY amend_standing ON convention_annexes FOR UPDATE TO entente_service USING (being_amended(convention_id));
CREATE POLICY amend ON annex_revisions FOR INSERT TO entente_service WITH CHECK (being_amended(convention_id));
