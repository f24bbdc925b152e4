-- depends: 0111_added_clauses
-- An article of the model that its regime does not require can be taken out by whoever chose the model, like one that was added.

ALTER TABLE clauses
    DROP CONSTRAINT clauses_only_added_are_withdrawn,
    ADD CONSTRAINT clauses_required_stay CHECK (withdrawn_at IS NULL OR (NOT required AND number > 0));
