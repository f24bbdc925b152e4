"""Rules and values of the ledger. No input or output."""
