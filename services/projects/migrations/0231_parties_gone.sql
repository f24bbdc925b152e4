-- depends: 0201_leaving 0230_entrusted 0240_agreed_once
-- A text goes on without a party that is gone: what all who stay have accepted is agreed, and the service writes that.

CREATE POLICY go_on_without ON clauses FOR UPDATE TO entente_service USING (acts_as_service());
CREATE POLICY go_on_without ON convention_annexes FOR UPDATE TO entente_service USING (acts_as_service());
