"""The running programs. They never import one another."""
