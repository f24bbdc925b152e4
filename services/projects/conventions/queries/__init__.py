"""Reads of conventions: SQL straight to a view. What the reader may not see is left out, by predicate and by policy."""
