-- depends: 0020_tasks
-- A party may join while the text is negotiated: until it has a référent, nobody waits for hers. And a notice may be about an
-- organisation that is to come.

ALTER TABLE parties ADD COLUMN joined_late boolean NOT NULL DEFAULT false;
ALTER TABLE notices ADD COLUMN admission_id uuid;
