-- depends: 0036_annexes
-- Which mandates were given by somebody who answers for the organisation: who holds one may attest a signature on paper.
-- Those told of before count as not entrusted until `entente replay notifications recipients` has read them again.

ALTER TABLE mandates ADD COLUMN entrusted boolean NOT NULL DEFAULT false;
