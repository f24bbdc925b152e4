"""The ledger: who was told what, on which channel, once. It holds the inbox and what waits to be delivered."""
