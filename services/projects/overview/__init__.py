"""Reads across the modules of projects: the home page, the timeline of a partnership, titles for pages and messages.

It has no rules and no state of its own, but for the foreign events that a timeline shows.
"""
