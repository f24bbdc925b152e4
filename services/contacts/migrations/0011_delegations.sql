-- depends: 0010_departures
-- Who acts for a référent while she is absent, and between which days.

CREATE TABLE delegation (
    delegation_id uuid PRIMARY KEY,
    mandate_id uuid NOT NULL REFERENCES mandate,
    deputy_id uuid NOT NULL REFERENCES person,
    starts_on date NOT NULL,
    ends_on date NOT NULL CHECK (ends_on >= starts_on),
    ended_at timestamptz
);
CREATE INDEX delegation_of_mandate ON delegation (mandate_id, starts_on) WHERE ended_at IS NULL;
GRANT SELECT, INSERT, UPDATE (ended_at) ON delegation TO entente_service;

ALTER TABLE delegation ENABLE ROW LEVEL SECURITY;
ALTER TABLE delegation FORCE ROW LEVEL SECURITY;
CREATE POLICY delegation_of_a_mandate_that_one_sees ON delegation FOR SELECT TO entente_service
    USING ((SELECT acts_as_service()) OR EXISTS (SELECT FROM mandate WHERE mandate.mandate_id = delegation.mandate_id));
-- Decided by the use case, which looks at the mandate on behalf of the actor first.
CREATE POLICY delegation_by_the_service ON delegation TO entente_service
    USING ((SELECT acts_as_service())) WITH CHECK ((SELECT acts_as_service()));
