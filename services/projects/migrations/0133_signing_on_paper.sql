-- Signatures on paper: the scan of the signed pages, and what each référent attests of it.
-- depends: 0132_mandate_to_sign

CREATE TABLE paper_scans (
    convention_id uuid NOT NULL,
    sealed_at_version integer NOT NULL,
    sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint NOT NULL CHECK (size > 0),
    media_type text NOT NULL CHECK (char_length(media_type) <= 100),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 150),
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    given_at timestamptz NOT NULL,
    -- One that is given again after another is a line more: the last one counts.
    PRIMARY KEY (convention_id, sealed_at_version, given_at),
    FOREIGN KEY (convention_id, sealed_at_version) REFERENCES convention_seals,
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties
);
ALTER TABLE paper_scans ENABLE ROW LEVEL SECURITY;
ALTER TABLE paper_scans FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON paper_scans FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = paper_scans.convention_id));
CREATE POLICY add_own ON paper_scans FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = paper_scans.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON paper_scans TO entente_service;

ALTER TABLE convention_signatures
    ADD COLUMN signatory text CHECK (char_length(signatory) BETWEEN 1 AND 200),
    ADD COLUMN signed_on date,
    ADD COLUMN scan text,
    ADD CHECK (num_nulls(signatory, signed_on, scan) IN (0, 3));
