"""What notifications promises: who was told what, on which channel, once."""
