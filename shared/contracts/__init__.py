"""What services promise one another: commands, queries, events, refusals, identifiers. Data only, no behaviour."""
