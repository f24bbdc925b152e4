-- depends: 0060_evidence
-- What contacts announced about a partnership, kept for its timeline. Ids only; rebuilt by replaying the events.

CREATE TABLE witnessed_events (
    event_id uuid PRIMARY KEY,
    type text NOT NULL CHECK (char_length(type) <= 200),
    convention_id uuid NOT NULL,
    occurred_at timestamptz NOT NULL,
    actor_person uuid,
    actor_organization uuid,
    mandate_id uuid NOT NULL
);
CREATE INDEX witnessed_events_in_order ON witnessed_events (convention_id, occurred_at DESC, event_id DESC);

-- An invitation may come before the convention it is about is known here, so the row refers to no table.
ALTER TABLE witnessed_events ENABLE ROW LEVEL SECURITY;
ALTER TABLE witnessed_events FORCE ROW LEVEL SECURITY;
CREATE POLICY read_witnessed ON witnessed_events FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = witnessed_events.convention_id));
CREATE POLICY witness ON witnessed_events FOR INSERT TO entente_service
    WITH CHECK (acts_as_service());
GRANT SELECT, INSERT ON witnessed_events TO entente_service;
