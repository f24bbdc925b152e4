-- How the wait of a message in quarantine has ended: applied in the end, or discarded by an operator.
-- depends: 0002_sealing

ALTER TABLE quarantine ADD COLUMN resolution text CHECK (resolution IN ('applied', 'discarded'));
UPDATE quarantine SET resolution = 'applied' WHERE resolved_at IS NOT NULL;
ALTER TABLE quarantine ADD CHECK ((resolution IS NULL) = (resolved_at IS NULL));
CREATE INDEX quarantine_waiting ON quarantine (quarantine_id) WHERE resolved_at IS NULL;
