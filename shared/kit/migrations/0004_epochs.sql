-- Epochs: when a database is restored to an earlier point, its versions repeat. The epoch, which the restore raises,
-- tells the new ones from those that its readers may have applied before.

CREATE FUNCTION current_epoch() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT epoch FROM relay_state $$;

-- The epoch that a row was written in: what comes before the present one is what the restore has kept.
ALTER TABLE event_log ADD COLUMN epoch bigint NOT NULL DEFAULT 1;
ALTER TABLE event_log ALTER COLUMN epoch SET DEFAULT current_epoch();

-- The epoch of each producer that is followed here.
CREATE TABLE inbox_source (
    source text PRIMARY KEY,
    epoch bigint NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON inbox_source TO entente_service;
INSERT INTO inbox_source (source, epoch) SELECT source, max(epoch) FROM inbox_head WHERE epoch > 0 GROUP BY source;
ALTER TABLE inbox_head DROP COLUMN epoch;

-- Positions in a stream begin again when it is wiped, so what is put aside is known by its content.
ALTER TABLE quarantine DROP CONSTRAINT quarantine_source_stream_seq_key;
ALTER TABLE quarantine ADD COLUMN fingerprint bytea;
UPDATE quarantine SET fingerprint = sha256(
    convert_to(subject, 'UTF8') || '\x00' || convert_to(coalesce(headers ->> 'ce-id', ''), 'UTF8') || '\x00' || data
);
-- The one that came last stands for the same message put aside twice.
DELETE FROM quarantine AS older USING quarantine AS newer
WHERE older.source = newer.source AND older.fingerprint = newer.fingerprint AND older.quarantine_id < newer.quarantine_id;
ALTER TABLE quarantine ALTER COLUMN fingerprint SET NOT NULL;
ALTER TABLE quarantine ADD UNIQUE (source, fingerprint);
