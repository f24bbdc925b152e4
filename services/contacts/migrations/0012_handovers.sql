-- depends: 0011_delegations
-- A mandate that takes over from another one, which ends when this one is accepted.

ALTER TABLE mandate ADD COLUMN succeeds uuid REFERENCES mandate CHECK (succeeds <> mandate_id);
