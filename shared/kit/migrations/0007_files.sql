-- depends: 0006_losses
-- The files that this service names, each once, whatever it names them for: what `entente verify` compares with the store.
-- Open: hashes and sizes only; who may read a file is decided where it is named.

CREATE TABLE stored_files (
    sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint NOT NULL CHECK (size > 0),
    named_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT ON stored_files TO entente_service;
