-- Whoever holds the hash of a sealed text may ask where it stands.
-- depends: 0100_rebuilding

CREATE INDEX convention_seals_by_hash ON convention_seals (sealed_hash);
