-- depends: 0003_account_letters
-- The service makes its projection again: it may then remove what no event has told, in any order of the tables.

ALTER TABLE parties DROP CONSTRAINT parties_convention_id_fkey;
GRANT DELETE ON conventions, parties, mandates, affiliations, project_leads TO entente_service;
