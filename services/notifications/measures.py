"""What operators watch of notices and their delivery. Kinds and states only, never a person."""

from prometheus_client import Counter, Gauge, Histogram

# From "at once" to "the mail server was down for the night".
_DELAYS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400)

notices_total = Counter("entente_notices_total", "Notices opened", ["kind"])
deliveries_total = Counter(
    "entente_deliveries_total", "Deliveries that ended, and attempts put off", ["channel", "kind", "state"]
)
delivery_seconds = Histogram(
    "entente_delivery_seconds",
    "From the notice to its acceptance by the mail server",
    ["channel"],
    buckets=_DELAYS,
)
deliveries_waiting = Gauge("entente_deliveries_waiting", "Letters that wait to be sent", ["channel"])
oldest_delivery_seconds = Gauge(
    "entente_oldest_delivery_seconds", "For how long the oldest letter has been due", ["channel"]
)
