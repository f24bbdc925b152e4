"""Reads of indicators: SQL straight to the views of the contracts."""
