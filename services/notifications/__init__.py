"""Who should hear about what, when and how: recipients, the ledger of notices, their delivery."""
