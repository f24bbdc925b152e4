-- depends: 0100_rebuilding
-- Rooms: the shared one of each convention, and a private one for each of its sides. What stands in a room names the room,
-- and every policy asks one question: does the actor's organisation enter it? The service itself enters none.

CREATE TABLE rooms (
    -- Chosen here and told to nobody who may not enter: an id that is taken would betray that the room exists.
    room_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    convention_id uuid NOT NULL REFERENCES conventions,
    -- Whose private room it is; NULL for the shared one.
    organization_id uuid,
    version integer NOT NULL DEFAULT 0,
    UNIQUE NULLS NOT DISTINCT (convention_id, organization_id),
    UNIQUE (room_id, convention_id)
);

CREATE TABLE room_messages (
    room_id uuid NOT NULL,
    message_id uuid NOT NULL,
    convention_id uuid NOT NULL,
    room_version integer NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    text text NOT NULL CHECK (char_length(text) BETWEEN 1 AND 2000),
    words text NOT NULL,
    written_at timestamptz NOT NULL,
    -- The client makes the id: within the room, so that nobody learns what exists in another one.
    PRIMARY KEY (room_id, message_id),
    FOREIGN KEY (room_id, convention_id) REFERENCES rooms (room_id, convention_id)
);
CREATE UNIQUE INDEX room_messages_in_order ON room_messages (room_id, room_version DESC);
COMMENT ON COLUMN room_messages.words IS 'The text as searches compare it: without accents, case or ligatures.';

CREATE TABLE room_tasks (
    room_id uuid NOT NULL,
    task_id uuid NOT NULL,
    convention_id uuid NOT NULL,
    revision integer NOT NULL CHECK (revision > 0),
    title text NOT NULL CHECK (char_length(title) BETWEEN 1 AND 200),
    words text NOT NULL,
    organization_id uuid,
    owner uuid,
    due_on date,
    added_by uuid NOT NULL,
    added_by_person uuid NOT NULL,
    added_at timestamptz NOT NULL,
    finished_at timestamptz,
    finished_by uuid,
    finished_by_person uuid,
    PRIMARY KEY (room_id, task_id),
    FOREIGN KEY (room_id, convention_id) REFERENCES rooms (room_id, convention_id),
    FOREIGN KEY (convention_id, organization_id) REFERENCES convention_parties,
    CHECK (owner IS NULL OR organization_id IS NOT NULL),
    CHECK ((finished_at IS NULL) = (finished_by IS NULL)),
    CHECK ((finished_at IS NULL) = (finished_by_person IS NULL))
);
CREATE INDEX room_tasks_to_do ON room_tasks (room_id, due_on) WHERE finished_at IS NULL;
CREATE INDEX room_tasks_done ON room_tasks (room_id, finished_at DESC, task_id DESC) WHERE finished_at IS NOT NULL;
CREATE INDEX room_tasks_by_id ON room_tasks (task_id);

CREATE TABLE room_reading_marks (
    room_id uuid NOT NULL REFERENCES rooms,
    person_id uuid NOT NULL,
    version integer NOT NULL,
    read_at timestamptz NOT NULL,
    PRIMARY KEY (room_id, person_id)
);

ALTER TABLE rooms ENABLE ROW LEVEL SECURITY;
ALTER TABLE rooms FORCE ROW LEVEL SECURITY;
-- A whole organisation enters, not somebody who is only asked to be its référent.
CREATE POLICY enter ON rooms TO entente_service
    USING (
        (organization_id IS NULL OR organization_id = (SELECT actor_organization()))
        AND EXISTS (
            SELECT FROM convention_access AS access
            WHERE access.convention_id = rooms.convention_id
              AND access.organization_id = (SELECT actor_organization())
        )
    );
-- Written by triggers only, with the rights of the owner: no request opens a room.
CREATE POLICY written_by_triggers ON rooms TO CURRENT_USER USING (true) WITH CHECK (true);
GRANT SELECT ON rooms TO entente_service;
GRANT UPDATE (version) ON rooms TO entente_service;

ALTER TABLE room_messages ENABLE ROW LEVEL SECURITY;
ALTER TABLE room_messages FORCE ROW LEVEL SECURITY;
CREATE POLICY read_in_room ON room_messages FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_messages.room_id));
CREATE POLICY write_in_room ON room_messages FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person()
        AND EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_messages.room_id)
    );
GRANT SELECT, INSERT ON room_messages TO entente_service;

ALTER TABLE room_tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE room_tasks FORCE ROW LEVEL SECURITY;
CREATE POLICY read_in_room ON room_tasks FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_tasks.room_id));
CREATE POLICY add_in_room ON room_tasks FOR INSERT TO entente_service
    WITH CHECK (
        added_by = actor_organization() AND added_by_person = actor_person()
        AND EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_tasks.room_id)
    );
CREATE POLICY change_in_room ON room_tasks FOR UPDATE TO entente_service
    USING (EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_tasks.room_id))
    WITH CHECK (
        EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_tasks.room_id)
        AND (finished_by IS NULL OR (finished_by = actor_organization() AND finished_by_person = actor_person()))
    );
GRANT SELECT, INSERT ON room_tasks TO entente_service;
GRANT UPDATE (revision, title, words, organization_id, owner, due_on, finished_at, finished_by, finished_by_person)
    ON room_tasks TO entente_service;

ALTER TABLE room_reading_marks ENABLE ROW LEVEL SECURITY;
ALTER TABLE room_reading_marks FORCE ROW LEVEL SECURITY;
CREATE POLICY own_reading ON room_reading_marks TO entente_service
    USING (person_id = actor_person())
    WITH CHECK (
        person_id = actor_person() AND EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_reading_marks.room_id)
    );
GRANT SELECT, INSERT, UPDATE ON room_reading_marks TO entente_service;

-- Rooms are there from the first day of a convention, empty, so that using one for the first time shows to nobody else.
CREATE FUNCTION open_shared_room() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO rooms (convention_id) VALUES (NEW.convention_id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION open_shared_room() FROM PUBLIC;
CREATE TRIGGER open_shared_room AFTER INSERT ON conventions FOR EACH ROW EXECUTE FUNCTION open_shared_room();

-- A third party observes: it has no room of its own here.
CREATE FUNCTION open_private_room() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    INSERT INTO rooms (convention_id, organization_id) VALUES (NEW.convention_id, NEW.organization_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION open_private_room() FROM PUBLIC;
CREATE TRIGGER open_private_room AFTER INSERT ON convention_parties
    FOR EACH ROW WHEN (NEW.side <> 'third_party') EXECUTE FUNCTION open_private_room();

-- The owner is subject to the policies too, and none of them is for it.
ALTER TABLE conventions NO FORCE ROW LEVEL SECURITY;
ALTER TABLE convention_parties NO FORCE ROW LEVEL SECURITY;
INSERT INTO rooms (convention_id) SELECT convention_id FROM conventions;
INSERT INTO rooms (convention_id, organization_id)
SELECT convention_id, organization_id FROM convention_parties WHERE side <> 'third_party';
ALTER TABLE convention_parties FORCE ROW LEVEL SECURITY;
ALTER TABLE conventions FORCE ROW LEVEL SECURITY;
