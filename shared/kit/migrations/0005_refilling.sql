-- What was never published goes before what a stream has lost: people wait for the first, and readers mostly have the
-- second. Each has its own index, so that neither is looked for among the other.
-- depends: 0004_epochs

CREATE INDEX event_log_new ON event_log (seq) WHERE published_at IS NULL AND emissions = 0;
CREATE INDEX event_log_again ON event_log (seq) WHERE published_at IS NULL AND emissions > 0;
DROP INDEX event_log_waiting;
