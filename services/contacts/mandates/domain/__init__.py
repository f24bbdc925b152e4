"""Rules of a mandate."""
