"""Whom an event concerns, by what contacts and projects have told."""
