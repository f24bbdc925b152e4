"""French for people: refusals, acts, notices, timeline, dates. The only Python that holds sentences."""
