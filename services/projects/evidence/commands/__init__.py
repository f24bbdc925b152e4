"""What changes an indicator: one module per use case."""
