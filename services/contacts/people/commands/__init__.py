"""What changes people, one use case per module."""
