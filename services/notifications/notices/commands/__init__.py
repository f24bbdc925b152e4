"""What changes the ledger: an event tells people, a person reads and files."""
