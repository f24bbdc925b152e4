-- In which order the parties sign, and when they were reminded of the last day to.
-- depends: 0130_seals_by_hash

ALTER TABLE convention_seals ADD COLUMN sign_order uuid[] NOT NULL DEFAULT '{}' CHECK (cardinality(sign_order) <= 20);

CREATE TABLE signing_reminders (
    convention_id uuid NOT NULL,
    sealed_at_version integer NOT NULL,
    days_before smallint NOT NULL CHECK (days_before >= 0),
    reminded_at timestamptz NOT NULL,
    PRIMARY KEY (convention_id, sealed_at_version, days_before),
    FOREIGN KEY (convention_id, sealed_at_version) REFERENCES convention_seals
);
-- Written by the clock of the service; whoever decides on the convention loads it whole.
ALTER TABLE signing_reminders ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_reminders FORCE ROW LEVEL SECURITY;
CREATE POLICY read_own ON signing_reminders FOR SELECT TO entente_service
    USING (EXISTS (SELECT FROM convention_access AS access WHERE access.convention_id = signing_reminders.convention_id));
CREATE POLICY remind ON signing_reminders FOR INSERT TO entente_service WITH CHECK (acts_as_service());
GRANT SELECT, INSERT ON signing_reminders TO entente_service;

-- What the clock looks for each minute: few conventions are sealed and unsigned at once.
CREATE INDEX conventions_to_sign ON conventions (convention_id) WHERE state IN ('ready', 'partly_signed');
