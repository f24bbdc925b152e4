"""What changes a project: one module per use case."""
