-- depends: 0034_admissions
-- A notice may be about an annex: accepting one leaves what was asked about the others.

ALTER TABLE notices ADD COLUMN annex_id uuid;
