"""Chaos: the whole system under load while everything that can fail does, and the proof that nothing was lost."""
