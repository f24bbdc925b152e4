"""Reads of what becomes of conventions."""
