-- depends: 0100_rebuilding
-- The terms of a convention: proposed and accepted like a clause. Every revision is only ever added.

CREATE TABLE convention_terms (
    convention_id uuid NOT NULL REFERENCES conventions,
    revision integer NOT NULL CHECK (revision > 0),
    convention_version integer NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL CHECK (ends_on > starts_on),
    renewal text NOT NULL CHECK (renewal IN ('never', 'tacit', 'express')),
    renewal_months smallint CHECK (renewal_months BETWEEN 1 AND 120),
    notice_months smallint NOT NULL CHECK (notice_months BETWEEN 0 AND 24),
    meetings_per_year smallint NOT NULL CHECK (meetings_per_year BETWEEN 0 AND 52),
    reviews_per_year smallint NOT NULL CHECK (reviews_per_year BETWEEN 0 AND 12),
    means jsonb NOT NULL CHECK (jsonb_array_length(means) <= 50),
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, revision),
    CHECK ((renewal = 'never') = (renewal_months IS NULL))
);
COMMENT ON COLUMN convention_terms.means IS 'What the parties put in: text, and if given the party (by) and the day (due_on).';

ALTER TABLE conventions
    ADD COLUMN terms_revision integer NOT NULL DEFAULT 1,
    ADD COLUMN terms_accepted_by uuid[],
    ADD COLUMN terms_agreed_at timestamptz;

-- What was sealed before promised its term only, and everybody had agreed on it; what was being written has to be accepted.
-- The owner is subject to the policies too, and none of them is for it.
ALTER TABLE conventions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE convention_parties NO FORCE ROW LEVEL SECURITY;
INSERT INTO convention_terms (convention_id, revision, convention_version, starts_on, ends_on, renewal, notice_months,
                              meetings_per_year, reviews_per_year, means, organization_id, person_id, proposed_at)
SELECT convention_id, 1, 1, starts_on, ends_on, 'never', 0, 0, 0, '[]', drafted_by, drafted_by_person, drafted_at
FROM conventions;
UPDATE conventions SET terms_accepted_by = ARRAY[drafted_by] WHERE sealed_at_version IS NULL;
UPDATE conventions
SET terms_agreed_at = drafted_at,
    terms_accepted_by = ARRAY(SELECT party.organization_id FROM convention_parties AS party
                              WHERE party.convention_id = conventions.convention_id)
WHERE sealed_at_version IS NOT NULL;
ALTER TABLE conventions FORCE ROW LEVEL SECURITY;
ALTER TABLE convention_parties FORCE ROW LEVEL SECURITY;

ALTER TABLE conventions
    ALTER COLUMN terms_accepted_by SET NOT NULL,
    ADD CONSTRAINT conventions_terms_accepted CHECK (cardinality(terms_accepted_by) BETWEEN 1 AND 20),
    -- Deferred, because a convention is stored before its first terms.
    ADD CONSTRAINT conventions_terms FOREIGN KEY (convention_id, terms_revision) REFERENCES convention_terms
        DEFERRABLE INITIALLY DEFERRED;
GRANT UPDATE (terms_revision, terms_accepted_by, terms_agreed_at, starts_on, ends_on) ON conventions TO entente_service;

ALTER TABLE convention_terms ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_terms FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON convention_terms FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = convention_terms.convention_id));
CREATE POLICY add_own ON convention_terms FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_terms.convention_id AND access.organization_id = actor_organization()
        )
    );
GRANT SELECT, INSERT ON convention_terms TO entente_service;
