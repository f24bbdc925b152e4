-- depends: 0015_mandates_end 0016_delegations
-- An amendment has parties and signatures of its own, and the référents of the convention that it changes.

ALTER TABLE conventions ADD COLUMN amends uuid;
