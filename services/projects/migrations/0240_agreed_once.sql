-- depends: 0160_searching
-- What both sides had agreed on once does not leave the text by an act of one of them, however it was changed since.

ALTER TABLE clauses ADD COLUMN agreed_once boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN clauses.agreed_once IS 'Whether every party has accepted the article, in some wording of it.';
ALTER TABLE convention_annexes ADD COLUMN taken_up boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN convention_annexes.taken_up IS
    'Whether another party than the one that announced the annex has accepted it, or given it a file.';
GRANT UPDATE (agreed_once) ON clauses TO entente_service;
GRANT UPDATE (taken_up) ON convention_annexes TO entente_service;

-- The log remembers what the rows have forgotten. The owner is subject to the policies too, and none of them is for it.
ALTER TABLE clauses NO FORCE ROW LEVEL SECURITY;
ALTER TABLE convention_annexes NO FORCE ROW LEVEL SECURITY;
ALTER TABLE annex_revisions NO FORCE ROW LEVEL SECURITY;
UPDATE clauses SET agreed_once = true
WHERE agreed_at IS NOT NULL OR EXISTS (
    SELECT FROM event_log
    WHERE partnership_id = clauses.convention_id AND type = 'entente.projects.convention.clause_accepted.v1'
      AND data::jsonb ->> 'clause_id' = clauses.clause_id::text AND (data::jsonb ->> 'agreed')::boolean
);
UPDATE convention_annexes SET taken_up = true
WHERE EXISTS (
    SELECT FROM annex_revisions AS first
    WHERE first.convention_id = convention_annexes.convention_id AND first.annex_id = convention_annexes.annex_id
      AND first.revision = 1
      AND (
          EXISTS (
              SELECT FROM annex_revisions AS later
              WHERE later.convention_id = first.convention_id AND later.annex_id = first.annex_id
                AND later.organization_id <> first.organization_id
          )
          OR EXISTS (
              SELECT FROM event_log
              WHERE partnership_id = first.convention_id AND type = 'entente.projects.convention.annex_accepted.v1'
                AND data::jsonb ->> 'annex_id' = first.annex_id::text
                AND data::jsonb ->> 'organization_id' <> first.organization_id::text
          )
      )
);
ALTER TABLE annex_revisions FORCE ROW LEVEL SECURITY;
ALTER TABLE convention_annexes FORCE ROW LEVEL SECURITY;
ALTER TABLE clauses FORCE ROW LEVEL SECURITY;
