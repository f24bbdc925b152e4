-- depends: 0012_handovers
-- Who may name a référent, and which référents were named by somebody who answers for the organisation.

-- Who began to write the convention; NULL in the rows of the other parties, and of drafts older than this column, until
-- the projection is rebuilt.
ALTER TABLE party ADD COLUMN drafted_by_person uuid;

-- False for every mandate older than this column: whoever named it was not noted.
ALTER TABLE mandate ADD COLUMN entrusted boolean NOT NULL DEFAULT false;
