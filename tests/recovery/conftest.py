"""A whole system in which the sample people have acted."""

from collections.abc import Generator

import pytest

from tests.support.servers import data_folder
from tests.support.system import RunningSystem


@pytest.fixture(scope="package")
def system() -> Generator[RunningSystem]:
    """The system, running; tests leave it as they found it."""
    with data_folder() as folder:
        system = RunningSystem(folder / "home")
        try:
            system.wait_until_ready()
            yield system
        finally:
            system.stop()
