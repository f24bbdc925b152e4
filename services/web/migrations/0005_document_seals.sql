-- The certificates that have sealed documents here: what was sealed with an earlier one is still recognised.
-- depends: 0003_operators

-- Open: of no room, and a certificate is in every document that was sealed with it.
CREATE TABLE seal_certificates (
    fingerprint bytea PRIMARY KEY CHECK (octet_length(fingerprint) = 32),
    certificate bytea NOT NULL CHECK (octet_length(certificate) <= 8192),
    first_used_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON seal_certificates TO entente_service;
COMMENT ON COLUMN seal_certificates.fingerprint IS 'SHA-256 of the certificate in DER.';
