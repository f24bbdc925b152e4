-- A place in a stream means something only together with the stream: one that was wiped begins again at 1. And every loss
-- that is noticed is counted, so that readers, who hear the count, compare all that they have with what there is.
-- depends: 0005_refilling

ALTER TABLE relay_state ADD COLUMN stream_number bigint NOT NULL DEFAULT 0,
                        ADD COLUMN losses bigint NOT NULL DEFAULT 0;
GRANT UPDATE (stream_number, losses) ON relay_state TO entente_service;

ALTER TABLE event_log ADD COLUMN stream_number bigint;
GRANT UPDATE (stream_number) ON event_log TO entente_service;
CREATE INDEX event_log_place ON event_log (stream_number, stream_seq) WHERE stream_seq IS NOT NULL;
DROP INDEX event_log_stream;
