"""Backup and restore: the whole system, or one service of it, in one file."""
