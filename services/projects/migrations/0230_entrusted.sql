-- depends: 0106_delegations
-- Mandates given by somebody who answers for the organisation: who holds one may attest a signature on paper.

ALTER TABLE mandates ADD COLUMN entrusted boolean NOT NULL DEFAULT false;
