-- Which organisations are parties of which convention: a projection of projects' events, ids only.
-- depends: 0001_directory

-- Open: policies of other tables read it, and ids alone tell nothing.
CREATE TABLE party (
    convention_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    side text NOT NULL CHECK (side IN ('establishment', 'association', 'third_party')),
    -- The party that drafts reads the convention from the first day, the other one once its référent is invited.
    reads boolean NOT NULL,
    PRIMARY KEY (convention_id, organization_id)
);
CREATE INDEX party_organization ON party (organization_id, convention_id) WHERE reads;
GRANT SELECT, INSERT, UPDATE (reads) ON party TO entente_service;
