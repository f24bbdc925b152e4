-- depends: 0140_life 0110_terms
-- What a convention in force promises, on days; and what each party says of it. Words are only added: the last one counts.

CREATE TABLE promises (
    promises_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    convention_id uuid NOT NULL UNIQUE REFERENCES conventions,
    version integer NOT NULL DEFAULT 0,
    -- What it stands on has moved since the calendar looked.
    stale boolean NOT NULL DEFAULT true,
    -- What days were made from, and how far.
    first_day date,
    last_day date,
    dated_until date,
    more_on date,
    promised jsonb,
    CHECK (num_nulls(first_day, last_day, dated_until, promised) IN (0, 4))
);
CREATE INDEX promises_stale ON promises (convention_id) WHERE stale;
CREATE INDEX promises_to_go_on ON promises (more_on) WHERE more_on IS NOT NULL;

CREATE TABLE obligations (
    convention_id uuid NOT NULL REFERENCES promises (convention_id),
    obligation_id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('meeting', 'review', 'means')),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    owed_by uuid,
    begins_on date NOT NULL,
    due_on date NOT NULL CHECK (due_on >= begins_on),
    promised_for date NOT NULL,
    told_at timestamptz,
    missed_at timestamptz,
    released_at timestamptz,
    -- The next day on which something happens to it by itself; NULL once somebody has spoken, or it is over.
    look_on date,
    UNIQUE (convention_id, obligation_id),
    FOREIGN KEY (convention_id, owed_by) REFERENCES convention_parties
);
CREATE INDEX obligations_in_order ON obligations (convention_id, due_on, obligation_id);
CREATE INDEX obligations_due ON obligations (look_on) WHERE look_on IS NOT NULL;
-- Those that nobody has spoken of: what awaits somebody, and what comes.
CREATE INDEX obligations_silent ON obligations (convention_id, due_on) WHERE look_on IS NOT NULL OR missed_at IS NOT NULL;

CREATE TABLE obligation_words (
    convention_id uuid NOT NULL,
    obligation_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    promises_version integer NOT NULL,
    person_id uuid NOT NULL,
    -- NULL: it says that it was not kept.
    kept_on date,
    remark text CHECK (char_length(remark) BETWEEN 1 AND 2000),
    said_at timestamptz NOT NULL,
    PRIMARY KEY (obligation_id, organization_id, promises_version),
    FOREIGN KEY (convention_id, obligation_id) REFERENCES obligations (convention_id, obligation_id),
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties,
    CHECK (kept_on IS NOT NULL OR remark IS NOT NULL)
);

ALTER TABLE promises ENABLE ROW LEVEL SECURITY;
ALTER TABLE promises FORCE ROW LEVEL SECURITY;
CREATE POLICY read_promises ON promises FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = promises.convention_id));
CREATE POLICY move_promises ON promises FOR UPDATE TO entente_service
    USING (
        acts_as_service()
        OR EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = promises.convention_id AND access.organization_id = actor_organization()
        )
    );
-- A convention gets its row, and is looked at again, by triggers only.
CREATE POLICY written_by_triggers ON promises TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT ON promises TO entente_service;
GRANT UPDATE (version, stale, first_day, last_day, dated_until, more_on, promised) ON promises TO entente_service;

ALTER TABLE obligations ENABLE ROW LEVEL SECURITY;
ALTER TABLE obligations FORCE ROW LEVEL SECURITY;
CREATE POLICY read_obligations ON obligations FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = obligations.convention_id));
CREATE POLICY date_obligations ON obligations FOR INSERT TO entente_service WITH CHECK (acts_as_service());
CREATE POLICY move_obligations ON obligations FOR UPDATE TO entente_service
    USING (
        acts_as_service()
        OR EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = obligations.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON obligations TO entente_service;
GRANT UPDATE (due_on, told_at, missed_at, released_at, look_on) ON obligations TO entente_service;

ALTER TABLE obligation_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE obligation_words FORCE ROW LEVEL SECURITY;
CREATE POLICY read_words ON obligation_words FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = obligation_words.convention_id));
CREATE POLICY speak_for_own ON obligation_words FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = obligation_words.convention_id
              AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON obligation_words TO entente_service;

-- Whoever signs, renews, suspends, amends or ends a convention needs not know of its promises: the calendar looks again.
CREATE FUNCTION look_at_promises() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO promises AS it (convention_id) VALUES (NEW.convention_id)
    ON CONFLICT (convention_id) DO UPDATE SET stale = true WHERE NOT it.stale;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION look_at_promises() FROM PUBLIC;
CREATE TRIGGER look_at_promises AFTER UPDATE ON conventions
    FOR EACH ROW
    WHEN (
        NEW.state IN ('active', 'suspended', 'expired', 'terminated')
        AND (OLD.state, OLD.ends_on, OLD.terms_revision) IS DISTINCT FROM (NEW.state, NEW.ends_on, NEW.terms_revision)
    )
    EXECUTE FUNCTION look_at_promises();

-- Those that are in force already. The owner is subject to the policies too, and none of theirs is for it.
ALTER TABLE conventions NO FORCE ROW LEVEL SECURITY;
INSERT INTO promises (convention_id) SELECT convention_id FROM conventions WHERE state IN ('active', 'suspended');
ALTER TABLE conventions FORCE ROW LEVEL SECURITY;
