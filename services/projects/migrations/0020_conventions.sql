-- depends: 0010_authority
-- Conventions. What was typed, sealed, signed or refused is only ever added; what identifies a party never changes.

CREATE TABLE conventions (
    convention_id uuid PRIMARY KEY,
    version integer NOT NULL CHECK (version > 0),
    state text NOT NULL CHECK (state IN ('draft', 'negotiating', 'ready', 'partly_signed', 'active')),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    aim text NOT NULL CHECK (char_length(aim) BETWEEN 1 AND 2000),
    template text NOT NULL CHECK (char_length(template) <= 60),
    regime text NOT NULL CHECK (char_length(regime) <= 200),
    drafted_by uuid NOT NULL,
    drafted_by_person uuid NOT NULL,
    drafted_at timestamptz NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL CHECK (ends_on > starts_on),
    negotiating_since timestamptz,
    sealed_at_version integer,
    activated_at timestamptz,
    changed_at timestamptz NOT NULL,
    CHECK ((state IN ('ready', 'partly_signed', 'active')) = (sealed_at_version IS NOT NULL)),
    CHECK ((state = 'active') = (activated_at IS NOT NULL))
);

CREATE TABLE convention_parties (
    convention_id uuid NOT NULL REFERENCES conventions,
    organization_id uuid NOT NULL,
    side text NOT NULL CHECK (side IN ('establishment', 'association', 'third_party')),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    seat text NOT NULL CHECK (char_length(seat) <= 300),
    shared_at timestamptz,
    PRIMARY KEY (convention_id, organization_id)
);
CREATE INDEX convention_parties_of_organization ON convention_parties (organization_id);

CREATE TABLE clauses (
    clause_id uuid PRIMARY KEY,
    convention_id uuid NOT NULL REFERENCES conventions,
    number smallint NOT NULL CHECK (number BETWEEN 0 AND 199),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    required boolean NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) <= 200),
    revision integer NOT NULL CHECK (revision > 0),
    accepted_by uuid[] NOT NULL CHECK (cardinality(accepted_by) BETWEEN 1 AND 10),
    agreed_at timestamptz,
    UNIQUE (convention_id, number)
);

CREATE TABLE clause_revisions (
    clause_id uuid NOT NULL REFERENCES clauses,
    revision integer NOT NULL CHECK (revision > 0),
    convention_id uuid NOT NULL REFERENCES conventions,
    convention_version integer NOT NULL,
    text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 20000),
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    PRIMARY KEY (clause_id, revision)
);
CREATE INDEX clause_revisions_of_convention ON clause_revisions (convention_id);
COMMENT ON COLUMN clause_revisions.convention_version IS
    'The version of the convention that this text came with: who read version n has read each clause as it stood at n.';

CREATE TABLE clause_comments (
    convention_id uuid NOT NULL REFERENCES conventions,
    comment_id uuid NOT NULL,
    clause_id uuid REFERENCES clauses,
    convention_version integer NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
    written_at timestamptz NOT NULL,
    -- The client makes the id: within the convention, so that nobody learns what exists in another one.
    PRIMARY KEY (convention_id, comment_id)
);
CREATE INDEX clause_comments_in_order ON clause_comments (convention_id, convention_version);

CREATE TABLE convention_seals (
    convention_id uuid NOT NULL REFERENCES conventions,
    sealed_at_version integer NOT NULL,
    sealed_hash text NOT NULL CHECK (sealed_hash ~ '^[0-9a-f]{64}$'),
    canonical_form text NOT NULL CHECK (char_length(canonical_form) <= 9000000),
    sign_before date NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    sealed_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, sealed_at_version)
);
ALTER TABLE conventions ADD CONSTRAINT conventions_seal
    FOREIGN KEY (convention_id, sealed_at_version) REFERENCES convention_seals;

-- A signature belongs to one seal: when the convention leaves that seal, its signatures no longer count, but stay.
CREATE TABLE convention_signatures (
    convention_id uuid NOT NULL,
    sealed_at_version integer NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    capacity text NOT NULL CHECK (char_length(capacity) BETWEEN 1 AND 200),
    means text NOT NULL CHECK (means IN ('password', 'second_factor')),
    sealed_hash text NOT NULL,
    signed_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, sealed_at_version, organization_id),
    UNIQUE (convention_id, sealed_at_version, person_id),
    FOREIGN KEY (convention_id, sealed_at_version) REFERENCES convention_seals,
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);

CREATE TABLE signature_refusals (
    convention_id uuid NOT NULL,
    sealed_at_version integer NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL CHECK (char_length(reason) BETWEEN 1 AND 2000),
    refused_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, sealed_at_version),
    FOREIGN KEY (convention_id, sealed_at_version) REFERENCES convention_seals,
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);

CREATE TABLE reading_marks (
    convention_id uuid NOT NULL REFERENCES conventions,
    person_id uuid NOT NULL,
    version integer NOT NULL,
    read_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, person_id)
);

-- Access follows from what happened, inside the same transaction; see convention_access.
CREATE FUNCTION give_access_to_drafter() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO convention_access (convention_id, organization_id) VALUES (NEW.convention_id, NEW.drafted_by)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION give_access_to_drafter() FROM PUBLIC;
CREATE TRIGGER give_access_to_drafter AFTER INSERT ON conventions
    FOR EACH ROW EXECUTE FUNCTION give_access_to_drafter();

CREATE FUNCTION give_access_to_party() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO convention_access (convention_id, organization_id) VALUES (NEW.convention_id, NEW.organization_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION give_access_to_party() FROM PUBLIC;
CREATE TRIGGER give_access_to_party AFTER UPDATE OF shared_at ON convention_parties
    FOR EACH ROW WHEN (NEW.shared_at IS NOT NULL) EXECUTE FUNCTION give_access_to_party();

-- A reader sees the convention; only an organisation that reads it as a whole writes in it.
ALTER TABLE conventions ENABLE ROW LEVEL SECURITY;
ALTER TABLE conventions FORCE ROW LEVEL SECURITY;
CREATE POLICY read_conventions ON conventions FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = conventions.convention_id));
CREATE POLICY draft_conventions ON conventions FOR INSERT TO entente_service
    WITH CHECK (drafted_by = actor_organization() AND drafted_by_person = actor_person());
CREATE POLICY change_conventions ON conventions FOR UPDATE TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = conventions.convention_id))
    WITH CHECK (
        acts_as_service()
        OR EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = conventions.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON conventions TO entente_service;
GRANT UPDATE (version, state, negotiating_since, sealed_at_version, activated_at, changed_at)
    ON conventions TO entente_service;

ALTER TABLE convention_parties ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_parties FORCE ROW LEVEL SECURITY;
CREATE POLICY read_parties ON convention_parties FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_parties.convention_id));
-- Only while the convention is being written: version 1 is its first event.
CREATE POLICY draft_parties ON convention_parties FOR INSERT TO entente_service
    WITH CHECK (
        EXISTS (
            SELECT FROM conventions AS convention
            WHERE convention.convention_id = convention_parties.convention_id
              AND convention.version = 1 AND convention.drafted_by = actor_organization()
        )
    );
CREATE POLICY share_with_parties ON convention_parties FOR UPDATE TO entente_service
    USING (acts_as_service()) WITH CHECK (acts_as_service());
GRANT SELECT, INSERT ON convention_parties TO entente_service;
GRANT UPDATE (shared_at) ON convention_parties TO entente_service;

ALTER TABLE reading_marks ENABLE ROW LEVEL SECURITY;
ALTER TABLE reading_marks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_reading ON reading_marks TO entente_service
    USING (person_id = actor_person())
    WITH CHECK (
        person_id = actor_person()
        AND EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = reading_marks.convention_id)
    );
GRANT SELECT, INSERT, UPDATE ON reading_marks TO entente_service;

ALTER TABLE clauses ENABLE ROW LEVEL SECURITY;
ALTER TABLE clauses FORCE ROW LEVEL SECURITY;
CREATE POLICY read_clauses ON clauses FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = clauses.convention_id));
CREATE POLICY write_clauses ON clauses FOR INSERT TO entente_service
    WITH CHECK (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = clauses.convention_id AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY change_clauses ON clauses FOR UPDATE TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = clauses.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON clauses TO entente_service;
GRANT UPDATE (revision, accepted_by, agreed_at) ON clauses TO entente_service;

-- What is only ever added, each line in the name of the one who acts.
ALTER TABLE clause_revisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE clause_revisions FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON clause_revisions FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = clause_revisions.convention_id));
CREATE POLICY add_own ON clause_revisions FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = clause_revisions.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON clause_revisions TO entente_service;

ALTER TABLE clause_comments ENABLE ROW LEVEL SECURITY;
ALTER TABLE clause_comments FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON clause_comments FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = clause_comments.convention_id));
CREATE POLICY add_own ON clause_comments FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = clause_comments.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON clause_comments TO entente_service;

ALTER TABLE convention_seals ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_seals FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON convention_seals FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_seals.convention_id));
CREATE POLICY add_own ON convention_seals FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_seals.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON convention_seals TO entente_service;

ALTER TABLE convention_signatures ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_signatures FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON convention_signatures FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_signatures.convention_id));
CREATE POLICY add_own ON convention_signatures FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_signatures.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON convention_signatures TO entente_service;

ALTER TABLE signature_refusals ENABLE ROW LEVEL SECURITY;
ALTER TABLE signature_refusals FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON signature_refusals FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = signature_refusals.convention_id));
CREATE POLICY add_own ON signature_refusals FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = signature_refusals.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON signature_refusals TO entente_service;
