"""What changes mandates, one use case per module."""
