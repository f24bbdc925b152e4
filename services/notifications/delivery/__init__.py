"""The e-mail channel: takes letters that are due from the ledger, writes them for their reader, hands them over."""
