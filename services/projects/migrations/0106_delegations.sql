-- depends: 0105_mandates_end
-- Who acts for a référent while she is absent: a projection of contacts' events, ids and days only.

CREATE TABLE delegations (
    delegation_id uuid PRIMARY KEY,
    mandate_id uuid NOT NULL,
    deputy_id uuid NOT NULL,
    starts_on date NOT NULL,
    ends_on date NOT NULL
);
CREATE INDEX delegations_of_deputy ON delegations (deputy_id);
CREATE INDEX delegations_of_mandate ON delegations (mandate_id);

ALTER TABLE delegations ENABLE ROW LEVEL SECURITY;
ALTER TABLE delegations FORCE ROW LEVEL SECURITY;
CREATE POLICY read_delegations ON delegations FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM mandates WHERE mandates.mandate_id = delegations.mandate_id));
CREATE POLICY project_delegations ON delegations TO entente_service
    USING (acts_as_service()) WITH CHECK (acts_as_service());
GRANT SELECT, INSERT, UPDATE, DELETE ON delegations TO entente_service;
