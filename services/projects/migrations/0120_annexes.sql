-- depends: 0020_conventions 0007_files
-- Annexes of conventions: files that the sealed text names by their hash. What was given is only ever added.

CREATE TABLE convention_annexes (
    convention_id uuid NOT NULL REFERENCES conventions,
    annex_id uuid NOT NULL,
    number smallint NOT NULL CHECK (number BETWEEN 1 AND 50),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    revision integer NOT NULL CHECK (revision > 0),
    accepted_by uuid[] NOT NULL CHECK (cardinality(accepted_by) BETWEEN 1 AND 20),
    agreed_at timestamptz,
    -- The client makes the id: within the convention, so that nobody learns what exists in another one.
    PRIMARY KEY (convention_id, annex_id),
    UNIQUE (convention_id, number)
);

CREATE TABLE annex_revisions (
    convention_id uuid NOT NULL,
    annex_id uuid NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    convention_version integer NOT NULL,
    sha256 text REFERENCES stored_files,
    size bigint,
    media_type text CHECK (char_length(media_type) <= 100),
    name text CHECK (char_length(name) BETWEEN 1 AND 150),
    withdrawn boolean NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, annex_id, revision),
    FOREIGN KEY (convention_id, annex_id) REFERENCES convention_annexes,
    CHECK (num_nonnulls(sha256, size, media_type, name) IN (0, 4))
);

ALTER TABLE convention_annexes ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_annexes FORCE ROW LEVEL SECURITY;
CREATE POLICY read_annexes ON convention_annexes FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_annexes.convention_id));
CREATE POLICY write_annexes ON convention_annexes FOR INSERT TO entente_service
    WITH CHECK (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_annexes.convention_id
              AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY change_annexes ON convention_annexes FOR UPDATE TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_annexes.convention_id
              AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON convention_annexes TO entente_service;
GRANT UPDATE (revision, accepted_by, agreed_at) ON convention_annexes TO entente_service;

ALTER TABLE annex_revisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE annex_revisions FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON annex_revisions FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = annex_revisions.convention_id));
CREATE POLICY add_own ON annex_revisions FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = annex_revisions.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON annex_revisions TO entente_service;
