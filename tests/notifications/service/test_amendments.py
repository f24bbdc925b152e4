"""An amendment is told to the référents of its convention, and asks for nothing once it is given up."""

from shared.contracts.identifiers import ClauseId, ConventionId, new_id
from shared.contracts.notifications.queries import NoticeKind, NoticeState
from shared.contracts.projects.events import (
    AmendmentAbandoned,
    AmendmentProposed,
    ClauseProposed,
    ConventionSealed,
    PartyOfConvention,
)
from shared.contracts.values import Side
from tests.notifications.service.inbox import Inbox
from tests.notifications.service.partnership import HASH, SIGN_BEFORE, Partnership
from tests.support.eventually import eventually

TO_DO, TO_READ = NoticeState.TO_DO, NoticeState.TO_READ


async def told(inbox: Inbox, kind: NoticeKind) -> bool:
    return kind in await inbox.kinds(TO_READ)


async def test_an_amendment_is_told_negotiated_and_given_up(
    claire: Inbox, odile: Inbox, paul: Inbox, partnership: Partnership
) -> None:
    amendment = ConventionId(new_id())
    await partnership.tell(
        AmendmentProposed(
            convention_id=amendment,
            amends=partnership.convention,
            number=1,
            organization_id=partnership.hospital,
            parties=(
                PartyOfConvention(organization_id=partnership.hospital, side=Side.ESTABLISHMENT),
                PartyOfConvention(organization_id=partnership.association, side=Side.ASSOCIATION),
            ),
        ),
        by=partnership.claire,
    )
    await eventually(lambda: told(odile, NoticeKind.AMENDMENT_PROPOSED))
    await partnership.tell(
        ClauseProposed(
            convention_id=amendment,
            clause_id=ClauseId(new_id()),
            revision=2,
            organization_id=partnership.hospital,
        ),
        by=partnership.claire,
    )
    await eventually(lambda: odile.has(TO_DO, NoticeKind.CLAUSE_PROPOSED))
    await partnership.tell(
        ConventionSealed(
            convention_id=amendment,
            sealed_hash=HASH,
            sign_before=SIGN_BEFORE,
            organization_id=partnership.hospital,
        ),
        by=partnership.claire,
    )
    await eventually(lambda: paul.has(TO_DO, NoticeKind.SIGNATURE_AWAITED))
    given_up = AmendmentAbandoned(
        convention_id=amendment, amends=partnership.convention, organization_id=partnership.association
    )
    await partnership.tell(given_up, by=partnership.odile)

    async def nothing_is_asked() -> bool:
        return not await paul.kinds(TO_DO)

    await eventually(nothing_is_asked)
    await eventually(lambda: told(claire, NoticeKind.AMENDMENT_ABANDONED))
    assert await odile.kinds(TO_DO) == []
