"""What projects promises: what two sides agree and do together."""
