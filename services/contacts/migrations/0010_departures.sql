-- depends: 0004_rebuilding
-- Affiliations and mandates end.

GRANT UPDATE (ended_at, administrator) ON affiliation TO entente_service;

ALTER TABLE mandate DROP CONSTRAINT mandate_state_check;
ALTER TABLE mandate ADD CONSTRAINT mandate_state_check
    CHECK (state IN ('proposed', 'accepted', 'declined', 'ended', 'withdrawn'));
ALTER TABLE mandate
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN end_reason text CHECK (end_reason IN ('left', 'resigned', 'handed_over')),
    ADD CONSTRAINT mandate_ends_with_a_reason CHECK ((state = 'ended') = (end_reason IS NOT NULL));
GRANT UPDATE (ended_at, end_reason) ON mandate TO entente_service;

-- Mandates end with the affiliation that they lean on, whether or not its administrator reads their conventions.
CREATE POLICY mandate_ended_by_the_service ON mandate FOR UPDATE TO entente_service
    USING ((SELECT acts_as_service()));
