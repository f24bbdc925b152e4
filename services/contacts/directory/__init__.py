"""The directory: every organisation that one can work with, found whatever way its name is typed."""
