"""Somebody's inbox, through the requests that web makes."""

from typing import Any

from shared.contracts.messages import Request
from shared.contracts.notifications.queries import (
    ListNotices,
    NoticeKind,
    Notices,
    NoticeState,
    NoticeView,
)
from shared.kit.asking import Asker, R
from tests.notifications.service.partnership import Someone


class Inbox:
    """One person's."""

    def __init__(self, asker: Asker, someone: Someone) -> None:
        self._asker = asker
        self._actor = someone.actor

    async def ask(self, request: Request[R]) -> R:
        return await self._asker.ask(request, actor=self._actor, timeout_seconds=10)

    async def drawer(self, state: NoticeState, **given: Any) -> Notices:
        return await self.ask(ListNotices(state=state, **given))

    async def kinds(self, state: NoticeState) -> list[NoticeKind]:
        return [notice.kind for notice in (await self.drawer(state)).notices]

    async def has(self, state: NoticeState, *kinds: NoticeKind) -> bool:
        return sorted(await self.kinds(state)) == sorted(kinds)

    async def only(self, state: NoticeState) -> NoticeView:
        [notice] = (await self.drawer(state)).notices
        return notice
