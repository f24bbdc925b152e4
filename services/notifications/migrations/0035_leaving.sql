-- depends: 0034_admissions
-- A party that has left is told nothing more, although its référents never gave up their mandates.

ALTER TABLE parties ADD COLUMN has_left boolean NOT NULL DEFAULT false;
