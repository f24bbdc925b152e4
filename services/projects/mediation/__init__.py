"""Mediation between the parties of a convention: who mediates, when they meet, what came of it."""
