"""The parts of a service beside its body."""

import asyncio

import pytest

from shared.kit import service
from shared.kit.service import in_background


async def test_a_part_that_misses_its_cancellation_is_cancelled_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(service, "CANCELLED_AGAIN_SECONDS", 0.01)
    arrived = asyncio.get_running_loop().create_future()

    async def part() -> None:
        await asyncio.wait_for(arrived, 60)
        await asyncio.Event().wait()

    async with asyncio.timeout(10), in_background(part()):
        await asyncio.sleep(0)
        # The answer and the end of the block come in the same moment.
        arrived.set_result(None)


async def test_a_part_that_fails_ends_the_program() -> None:
    async def part() -> None:
        raise ValueError("broken")

    with pytest.raises(asyncio.CancelledError):
        async with in_background(part()):
            await asyncio.Event().wait()
