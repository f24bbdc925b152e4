"""What two sides agree and do together."""
