-- depends: 0150_rooms 0120_annexes
-- Files of rooms. One that was taken out keeps its place in what happened, without its name and its hash.

CREATE TABLE room_files (
    room_id uuid NOT NULL,
    file_id uuid NOT NULL,
    convention_id uuid NOT NULL,
    room_version integer NOT NULL,
    organization_id uuid NOT NULL,
    person_id uuid NOT NULL,
    given_at timestamptz NOT NULL,
    sha256 text REFERENCES stored_files,
    size bigint,
    media_type text CHECK (char_length(media_type) <= 100),
    name text CHECK (char_length(name) BETWEEN 1 AND 150),
    words text,
    removed_at timestamptz,
    removed_by_person uuid,
    -- The client makes the id: within the room, so that nobody learns what exists in another one.
    PRIMARY KEY (room_id, file_id),
    FOREIGN KEY (room_id, convention_id) REFERENCES rooms (room_id, convention_id),
    CHECK (num_nonnulls(sha256, size, media_type, name, words) = CASE WHEN removed_at IS NULL THEN 5 ELSE 0 END),
    CHECK ((removed_at IS NULL) = (removed_by_person IS NULL))
);
CREATE UNIQUE INDEX room_files_in_order ON room_files (room_id, room_version DESC);
CREATE INDEX room_files_by_id ON room_files (file_id);
COMMENT ON COLUMN room_files.words IS 'The name as searches compare it: without accents, case or ligatures.';

ALTER TABLE room_files ENABLE ROW LEVEL SECURITY;
ALTER TABLE room_files FORCE ROW LEVEL SECURITY;
CREATE POLICY read_in_room ON room_files FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_files.room_id));
CREATE POLICY give_in_room ON room_files FOR INSERT TO entente_service
    WITH CHECK (
        organization_id = actor_organization() AND person_id = actor_person() AND removed_at IS NULL
        AND EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_files.room_id)
    );
CREATE POLICY remove_own ON room_files FOR UPDATE TO entente_service
    USING (
        organization_id = actor_organization() AND removed_at IS NULL
        AND EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_files.room_id)
    )
    WITH CHECK (
        removed_by_person = actor_person()
        AND EXISTS (SELECT FROM rooms WHERE rooms.room_id = room_files.room_id)
    );
GRANT SELECT, INSERT ON room_files TO entente_service;
GRANT UPDATE (sha256, size, media_type, name, words, removed_at, removed_by_person) ON room_files TO entente_service;
