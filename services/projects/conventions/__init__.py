"""The agreement of two sides: its clauses, its negotiation, its seal and its signatures."""
