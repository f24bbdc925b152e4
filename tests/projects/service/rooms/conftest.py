"""A convention under negotiation, with its rooms."""

import pytest

from tests.projects.service.collaboration import Collaboration
from tests.projects.service.rooms.rooming import Rooming


@pytest.fixture
async def rooms(together: Collaboration) -> Rooming:
    """Both sides have their référente; nobody has written anything."""
    await together.negotiate()
    return Rooming(together)
