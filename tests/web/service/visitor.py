"""A browser without a window: keeps cookies, says where its forms come from, follows redirections when asked."""

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

from shared.contracts.identifiers import OrganizationId, PersonId


@dataclass(frozen=True)
class Sample:
    """Somebody who can sign in."""

    person_id: PersonId
    organization_id: OrganizationId
    organization: str
    email: str
    password: str
    token: str

    @property
    def bearer(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}


class Visitor:
    """One browser."""

    def __init__(self, url: str) -> None:
        self.client = httpx.AsyncClient(
            base_url=url,
            # As patient as a browser.
            timeout=30,
            headers={"sec-fetch-site": "same-origin", "user-agent": "Firefox/140 (X11; Linux)"},
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.aclose()

    async def get(self, path: str, **given: Any) -> httpx.Response:
        return await self.client.get(path, **given)

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        return await self.client.post(path, data=fields)

    async def sign_in(self, sample: Sample) -> None:
        answer = await self.post("/connexion", email=sample.email, password=sample.password)
        assert answer.status_code == 303, answer.text
