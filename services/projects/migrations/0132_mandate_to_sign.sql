-- Since when somebody may sign for her organisation: part of the evidence of a signature.
-- depends: 0131_signing_order

ALTER TABLE affiliations ADD COLUMN signatory_since timestamptz;
ALTER TABLE convention_signatures ADD COLUMN mandated_since timestamptz;
