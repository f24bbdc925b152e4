"""The REST API as a program of somebody uses it: the sample is made through it, by its own people."""

import asyncio
import time
from types import TracebackType
from typing import Any, Self

import httpx

from deploy.reach import learn_refusals
from shared.contracts.refusals import Refusal

_CONFLICT, _UNAVAILABLE = 409, 503

# What people see in a second takes a loaded machine longer, with everything that starts at once.
_PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.1


class Voice:
    """One person of the sample, acting with her token."""

    def __init__(self, base: str, token: str) -> None:
        self._client = httpx.AsyncClient(
            base_url=f"{base}/api/v1",
            headers={"authorization": f"Bearer {token}"},
            timeout=10,
            # A proxy of the environment has nothing to do with loopback.
            trust_env=False,
        )
        learn_refusals()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, path: str) -> dict[str, Any]:
        """What is at an address."""
        answer = await self._answer("GET", path)
        answer.raise_for_status()
        return answer.json()

    async def do(self, path: str, *, method: str = "POST", **body: Any) -> bool:
        """Act; False when it was done before, by a load that was interrupted."""
        answer = await self._answer(method, path, json=body)
        if answer.status_code == _CONFLICT:
            return False
        if answer.is_error:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
        return True

    async def _answer(self, method: str, path: str, **given: Any) -> httpx.Response:
        """The answer, asked for again as long as it may only be that a service has not heard of something yet."""
        ends = time.monotonic() + _PATIENCE_SECONDS
        while True:
            answer = await self._client.request(method, path, **given)
            if not _may_be_behind(answer) or time.monotonic() > ends:
                return answer
            await asyncio.sleep(_PAUSE_SECONDS)


def _may_be_behind(answer: httpx.Response) -> bool:
    # A conflict is what an interrupted load finds done.
    if not answer.is_error or answer.status_code == _CONFLICT:
        return False
    if answer.status_code == _UNAVAILABLE:
        return True
    known = Refusal.by_code.get(answer.json().get("code", "")) if answer.is_client_error else None
    return known is not None and known.may_be_behind
