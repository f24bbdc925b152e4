-- depends: 0020_tasks
-- A notice may be about a dated obligation of a convention.

ALTER TABLE notices ADD COLUMN obligation_id uuid;
