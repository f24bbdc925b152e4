"""Reads across modules. Here, and only here, one statement may join the tables of several of them."""
