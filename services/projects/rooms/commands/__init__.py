"""What changes a room: one module per use case."""
