-- depends: 0004_rebuilding
-- Mandates end, and a side may be vacant: then whoever may sign for it stands in, and who administers it is told.

ALTER TABLE mandates DROP CONSTRAINT mandates_state_check;
ALTER TABLE mandates ADD CONSTRAINT mandates_state_check
    CHECK (state IN ('proposed', 'accepted', 'declined', 'ended', 'withdrawn'));
CREATE INDEX mandates_ended ON mandates (convention_id) WHERE state = 'ended';

-- Why somebody is told is a value of the contract's list, checked before it is written: a second list would only lag.
ALTER TABLE notices DROP CONSTRAINT notices_because_check;

ALTER TABLE affiliations ADD COLUMN administrator boolean NOT NULL DEFAULT false;
