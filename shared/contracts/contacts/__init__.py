"""What contacts promises: who is who, and who speaks for whom."""
