"""What operators watch of the ledger. Kinds and states only."""

from prometheus_client import Counter

notices_total = Counter("entente_notices_total", "Notices opened", ["kind"])
