"""The sample that a first start shows: real organisations, invented people, a partnership in each state."""
