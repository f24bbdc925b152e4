"""What changes the directory, one use case per module."""
