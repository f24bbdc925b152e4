-- depends: 0110_terms
-- Articles that a side adds, and takes back while not every party accepts them. The row of one that was taken back stays, with
-- its texts and what was said about it; it no longer belongs to the text.

ALTER TABLE clauses
    ADD COLUMN added_by uuid,
    ADD COLUMN withdrawn_at timestamptz,
    DROP CONSTRAINT clauses_convention_id_number_key,
    ADD CONSTRAINT clauses_only_added_are_withdrawn CHECK (withdrawn_at IS NULL OR added_by IS NOT NULL);
COMMENT ON COLUMN clauses.added_by IS 'The party that added the article; NULL for those of the model.';
CREATE UNIQUE INDEX clauses_in_order ON clauses (convention_id, number) WHERE withdrawn_at IS NULL;
GRANT UPDATE (withdrawn_at) ON clauses TO entente_service;
