-- depends: 0004_rebuilding
-- A notice may be about a task of a room.

ALTER TABLE notices ADD COLUMN task_id uuid;
