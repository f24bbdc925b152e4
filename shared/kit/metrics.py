"""What operators watch of every service. Labels are closed sets: subjects and codes, never identifiers."""

from prometheus_client import Counter, Gauge, Histogram

# From a cache hit to "the person has given up": 1 ms to 10 s.
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

requests_total = Counter("entente_requests_total", "Requests answered", ["service", "request", "outcome"])
request_seconds = Histogram(
    "entente_request_seconds", "Time to answer a request", ["service", "request"], buckets=SECONDS
)
events_published_total = Counter("entente_events_published_total", "Events relayed to JetStream", ["service"])
events_waiting = Gauge("entente_events_waiting", "Events in the log that are not published yet", ["service"])
events_republished_total = Counter(
    "entente_events_republished_total", "Events published again because the stream had lost them", ["service"]
)
relay_leader = Gauge("entente_relay_leader", "1 where this process relays its service's events", ["service"])
relay_interruptions_total = Counter(
    "entente_relay_interruptions_total",
    "Times that publishing was interrupted: a server was away, or JetStream took no more",
    ["service"],
)
consumer_reattachments_total = Counter(
    "entente_consumer_reattachments_total",
    "Times that a durable consumer was found again after a silence, or put back",
    ["service", "source"],
)
events_applied_total = Counter("entente_events_applied_total", "Events applied", ["service", "source"])
events_ignored_total = Counter(
    "entente_events_ignored_total", "Events that had been applied before", ["service", "source"]
)
events_parked = Gauge("entente_events_parked", "Events that wait for an earlier one", ["service", "source"])
events_retried_total = Counter(
    "entente_events_retried_total", "Events put back because the world was failing", ["service", "source"]
)
events_quarantined_total = Counter(
    "entente_events_quarantined_total",
    "Events put aside because nobody could apply them",
    ["service", "source"],
)
quarantine_waiting = Gauge(
    "entente_quarantine_waiting", "Messages in quarantine that wait for an operator", ["service"]
)
events_recovered_total = Counter(
    "entente_events_recovered_total",
    "Events read from the owner's log because the stream lost them",
    ["service", "source"],
)
apply_seconds = Histogram(
    "entente_event_apply_seconds", "From the fact to its effect here", ["service", "source"], buckets=SECONDS
)
events_behind = Gauge(
    "entente_events_behind",
    "Aggregates of which the owner told a later version than ours, after what was on its way has come",
    ["service", "source"],
)
sources_restored_total = Counter(
    "entente_sources_restored_total",
    "Times that a producer was followed back to an earlier point",
    ["source"],
)
sources_in_the_past = Gauge(
    "entente_source_in_the_past",
    "1 where a producer is in an earlier epoch than the one it was followed into: its database was put back by hand",
    ["service", "source"],
)
events_given_up_total = Counter(
    "entente_events_given_up_total", "Events that JetStream will not deliver any more", ["service", "source"]
)
