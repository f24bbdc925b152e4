"""A private data folder for each test of this folder: here the servers themselves are what is tested."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.support.servers import data_folder


@pytest.fixture
def data() -> Generator[Path]:
    """An empty data folder, as a first start finds it."""
    with data_folder() as folder:
        yield folder


@pytest.fixture
def home(data: Path) -> Path:
    """The data folder of a system that does not exist yet."""
    return data / "home"
