"""Test support: real servers, and waiting without sleeping."""
