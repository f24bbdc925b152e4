"""Référents: who was asked to speak for a side of a convention, and what she answered."""
