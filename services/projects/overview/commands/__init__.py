"""What concerns every module of projects at once: one module per use case."""
