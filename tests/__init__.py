"""Tests. The folders follow the tree; `support` holds what several of them use."""
