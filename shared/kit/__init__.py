"""How a service is plumbed: settings, logs, database, outbox, relay, inbox, requests, health. No business word."""
