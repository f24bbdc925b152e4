"""The REST API as a program of somebody uses it: the sample is made through it, by its own people."""

from types import TracebackType
from typing import Any, Self

import httpx

_CONFLICT = 409


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

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, path: str) -> dict[str, Any]:
        """What is at an address."""
        answer = await self._client.get(path)
        answer.raise_for_status()
        return answer.json()

    async def do(self, path: str, *, method: str = "POST", **body: Any) -> bool:
        """Act; False when it was done before, by a load that was interrupted."""
        answer = await self._client.request(method, path, json=body)
        if answer.status_code == _CONFLICT:
            return False
        if answer.is_error:
            raise RuntimeError(f"{method} {path}: {answer.status_code} {answer.text}")
        return True
