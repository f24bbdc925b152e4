"""Reads of rooms: SQL straight to the views of the contracts."""
