"""Reads of projects: SQL straight to the views of the contracts."""
