-- depends: 0100_rebuilding
-- Mandates end. A side whose last référent is gone is vacant: it had one (a mandate ended) and has none.

ALTER TABLE mandates DROP CONSTRAINT mandates_state_check;
ALTER TABLE mandates ADD CONSTRAINT mandates_state_check
    CHECK (state IN ('proposed', 'accepted', 'declined', 'ended', 'withdrawn'));
CREATE INDEX mandates_ended ON mandates (organization_id, convention_id) WHERE state = 'ended';
