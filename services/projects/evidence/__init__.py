"""What shows whether the work helps: indicators that both sides define, and their measured values."""
