"""The reference pages, generated from the code: events, AsyncAPI, settings, refusals, metrics."""
