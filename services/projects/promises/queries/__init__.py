"""Reads of dated obligations."""
