-- depends: 0015_mandates_end
-- Who acts for a référent while she is absent: she is told what the référent is told. Ids and days only.

CREATE TABLE delegations (
    delegation_id uuid PRIMARY KEY,
    mandate_id uuid NOT NULL,
    deputy_id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL
);
CREATE INDEX delegations_of_mandate ON delegations (mandate_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON delegations TO entente_service;

ALTER TABLE delegations ENABLE ROW LEVEL SECURITY;
ALTER TABLE delegations FORCE ROW LEVEL SECURITY;
CREATE POLICY service_only ON delegations TO entente_service
    USING ((SELECT acts_as_service())) WITH CHECK ((SELECT acts_as_service()));
