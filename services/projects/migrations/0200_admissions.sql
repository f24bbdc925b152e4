-- depends: 0160_searching 0220_room_files
-- Organisations that come to a convention that has begun: one party proposes, all of them agree. Those that observe read
-- the shared room and nothing else: not through convention_access, which every policy of a convention's text leans on.

CREATE TABLE convention_admissions (
    convention_id uuid NOT NULL REFERENCES conventions,
    admission_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    role text NOT NULL CHECK (role IN ('party', 'observer', 'funder')),
    side text NOT NULL CHECK (side IN ('establishment', 'association', 'third_party')),
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 200),
    seat text NOT NULL CHECK (char_length(seat) <= 300),
    interest text NOT NULL CHECK (char_length(interest) <= 2000),
    proposed_by uuid NOT NULL,
    proposed_by_person uuid NOT NULL,
    proposed_at timestamptz NOT NULL,
    accepted_by uuid[] NOT NULL CHECK (cardinality(accepted_by) BETWEEN 1 AND 20),
    admitted_at timestamptz,
    ended_at timestamptz,
    ended_by uuid,
    ended_by_person uuid,
    observes boolean NOT NULL
        GENERATED ALWAYS AS (role <> 'party' AND admitted_at IS NOT NULL AND ended_at IS NULL) STORED,
    -- The client makes the id: within the convention, so that nobody learns what exists in another one.
    PRIMARY KEY (convention_id, admission_id),
    CHECK (role <> 'party' OR side <> 'third_party'),
    CHECK (role <> 'funder' OR interest <> ''),
    CHECK (num_nulls(ended_at, ended_by, ended_by_person) IN (0, 3))
);
CREATE UNIQUE INDEX convention_admissions_standing ON convention_admissions (convention_id, organization_id)
    WHERE ended_at IS NULL;
CREATE INDEX convention_admissions_observing ON convention_admissions (organization_id, convention_id) WHERE observes;

ALTER TABLE convention_admissions ENABLE ROW LEVEL SECURITY;
ALTER TABLE convention_admissions FORCE ROW LEVEL SECURITY;
-- Parties see all of them; an observer sees itself.
CREATE POLICY read_admissions ON convention_admissions FOR SELECT TO entente_service
    USING (
        (observes AND organization_id = (SELECT actor_organization()))
        OR EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_admissions.convention_id
        )
    );
CREATE POLICY propose_for_own ON convention_admissions FOR INSERT TO entente_service
    WITH CHECK (
        proposed_by = actor_organization() AND proposed_by_person = actor_person()
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_admissions.convention_id
              AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY answer_for_own ON convention_admissions FOR UPDATE TO entente_service
    USING (
        -- An observer that leaves: the service notes it, for it writes in no convention.
        acts_as_service()
        OR EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_admissions.convention_id
              AND access.organization_id = actor_organization()
        )
    )
    WITH CHECK (
        acts_as_service() OR ended_by IS NULL OR (ended_by = actor_organization() AND ended_by_person = actor_person())
    );
GRANT SELECT, INSERT ON convention_admissions TO entente_service;
GRANT UPDATE (accepted_by, admitted_at, ended_at, ended_by, ended_by_person) ON convention_admissions TO entente_service;

-- Whoever was let in becomes a party, by the act of the last party that agrees.
CREATE POLICY join_parties ON convention_parties FOR INSERT TO entente_service
    WITH CHECK (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = convention_parties.convention_id
              AND access.organization_id = actor_organization()
        )
        AND EXISTS (
            SELECT FROM convention_admissions AS admission
            WHERE admission.convention_id = convention_parties.convention_id
              AND admission.organization_id = convention_parties.organization_id
              AND admission.role = 'party' AND admission.admitted_at IS NOT NULL
        )
    );

-- An observer finds the convention by its title and its parties, and reads what stands in its shared room.
CREATE POLICY observe_conventions ON conventions FOR SELECT TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_admissions AS seen
            WHERE seen.convention_id = conventions.convention_id AND seen.observes
              AND seen.organization_id = (SELECT actor_organization())
        )
    );
CREATE POLICY observe_parties ON convention_parties FOR SELECT TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_admissions AS seen
            WHERE seen.convention_id = convention_parties.convention_id AND seen.observes
              AND seen.organization_id = (SELECT actor_organization())
        )
    );
CREATE POLICY observe_shared_room ON rooms FOR SELECT TO entente_service
    USING (
        organization_id IS NULL
        AND EXISTS (
            SELECT FROM convention_admissions AS seen
            WHERE seen.convention_id = rooms.convention_id AND seen.observes
              AND seen.organization_id = (SELECT actor_organization())
        )
    );

-- Reading a room no longer means writing in it: whoever writes is of a party, whatever the other policies say.
CREATE POLICY parties_add ON room_messages AS RESTRICTIVE FOR INSERT TO entente_service
    WITH CHECK (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = room_messages.convention_id AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY parties_add ON room_tasks AS RESTRICTIVE FOR INSERT TO entente_service
    WITH CHECK (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = room_tasks.convention_id AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY parties_change ON room_tasks AS RESTRICTIVE FOR UPDATE TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = room_tasks.convention_id AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY parties_add ON room_files AS RESTRICTIVE FOR INSERT TO entente_service
    WITH CHECK (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = room_files.convention_id AND access.organization_id = actor_organization()
        )
    );
CREATE POLICY parties_change ON room_files AS RESTRICTIVE FOR UPDATE TO entente_service
    USING (
        EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = room_files.convention_id AND access.organization_id = actor_organization()
        )
    );
