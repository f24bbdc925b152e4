-- depends: 0111_added_clauses 0001_event_log
-- Which version of the convention an article left with, and who took it out: any two versions of the text can be compared.

ALTER TABLE clauses
    ADD COLUMN withdrawn_at_version integer,
    ADD COLUMN withdrawn_by uuid;
COMMENT ON COLUMN clauses.withdrawn_at_version IS 'As convention_version of clause_revisions: from this version on it is not in the text.';
GRANT UPDATE (withdrawn_at_version, withdrawn_by) ON clauses TO entente_service;

-- The owner is subject to the policies too, and none of them is for it.
ALTER TABLE clauses NO FORCE ROW LEVEL SECURITY;
UPDATE clauses
SET withdrawn_at_version = logged.version::integer, withdrawn_by = logged.actor_organization
FROM event_log AS logged
WHERE logged.aggregate_id = clauses.convention_id
  AND logged.type = 'entente.projects.convention.clause_withdrawn.v1'
  AND (logged.data::jsonb ->> 'clause_id')::uuid = clauses.clause_id;
ALTER TABLE clauses FORCE ROW LEVEL SECURITY;
