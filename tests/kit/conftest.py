"""The producer of the backbone's tests: a service's own database, and nothing else of it."""

from tests.backbone.conftest import producer, producer_database

__all__ = ["producer", "producer_database"]
