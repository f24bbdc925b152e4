"""The ledger's rows: notices, and the letters that wait to be delivered."""
