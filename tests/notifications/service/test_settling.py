"""Notices that ask for an act leave by themselves once it is done."""

from shared.contracts.contacts.events import MandateDeclined
from shared.contracts.identifiers import (
    AnnexId,
    IndicatorId,
    ProjectId,
    new_id,
)
from shared.contracts.notifications.queries import (
    NoticeKind,
    NoticeReason,
    NoticeState,
)
from shared.contracts.projects.events import (
    AnnexAccepted,
    AnnexProposed,
    ConventionActivated,
    ConventionSigned,
    IndicatorAgreed,
    IndicatorProposed,
    PaperScanGiven,
    SignaturesVoided,
    VoidReason,
)
from shared.kit.asking import Asker
from tests.notifications.service.inbox import Inbox
from tests.notifications.service.partnership import HASH, SIGN_BEFORE, Partnership, Someone
from tests.support.eventually import eventually

TO_DO, TO_READ, FILED = NoticeState.TO_DO, NoticeState.TO_READ, NoticeState.FILED


async def test_an_answered_mandate_leaves_the_first_drawer(
    notifications: None, partnership: Partnership, asker: Asker
) -> None:
    odile = Inbox(asker, partnership.odile)
    await partnership.draft()
    asked = partnership.mandate(partnership.odile, proposed_by=partnership.hospital)
    await partnership.tell(asked, by=partnership.claire)
    await eventually(lambda: odile.has(TO_DO, NoticeKind.MANDATE_PROPOSED))
    declined = MandateDeclined.model_validate(asked.model_dump())
    await partnership.tell(declined, by=partnership.odile)
    await eventually(lambda: odile.has(FILED, NoticeKind.MANDATE_PROPOSED))
    assert await odile.kinds(TO_DO) == []


def signature(partnership: Partnership, someone: Someone) -> ConventionSigned:
    return ConventionSigned(
        convention_id=partnership.convention,
        organization_id=someone.organization_id,
        person_id=someone.person_id,
        sealed_hash=HASH,
    )


async def test_signatures_are_awaited_given_and_told(
    claire: Inbox, odile: Inbox, paul: Inbox, partnership: Partnership
) -> None:
    await partnership.tell(partnership.sealing(), by=partnership.odile)
    await eventually(lambda: paul.has(TO_DO, NoticeKind.SIGNATURE_AWAITED))
    # Claire is référente and signs: one notice, the one that asks.
    assert await claire.kinds(TO_DO) == [NoticeKind.SIGNATURE_AWAITED]
    assert NoticeKind.TEXT_SEALED not in await claire.kinds(TO_READ)
    first = await claire.only(TO_DO)

    await partnership.tell(signature(partnership, partnership.paul), by=partnership.paul)
    await eventually(lambda: paul.has(TO_DO))
    # She is asked again, by one notice at a time.
    assert (await claire.only(TO_DO)).notice_id != first.notice_id

    await partnership.tell(signature(partnership, partnership.claire), by=partnership.claire)
    active = ConventionActivated(
        convention_id=partnership.convention, starts_on=SIGN_BEFORE, ends_on=SIGN_BEFORE
    )
    await partnership.tell(active, by=partnership.claire)
    await eventually(lambda: paul.has(TO_READ, NoticeKind.CONVENTION_ACTIVE))
    assert await claire.kinds(TO_DO) == []
    assert NoticeKind.CONVENTION_ACTIVE in await odile.kinds(TO_READ)
    assert NoticeKind.CONVENTION_SIGNED not in await odile.kinds(TO_READ)


async def test_pages_signed_on_paper_await_the_other_side_until_it_has_signed(
    claire: Inbox, partnership: Partnership
) -> None:
    await partnership.tell(partnership.sealing(), by=partnership.odile)
    given = PaperScanGiven(
        convention_id=partnership.convention, organization_id=partnership.association, scan=HASH
    )
    await partnership.tell(given, by=partnership.odile)
    await eventually(lambda: claire.has(TO_DO, NoticeKind.SIGNATURE_AWAITED, NoticeKind.PAPER_SCAN_GIVEN))
    first = (await claire.drawer(TO_DO)).notices[0].notice_id
    # Better pages take the place of the first ones: she is asked once.
    await partnership.tell(given.model_copy(update={"scan": "1" * 64}), by=partnership.odile)

    async def asked_again() -> bool:
        notices = (await claire.drawer(TO_DO)).notices
        return len(notices) == 2 and notices[0].notice_id != first

    await eventually(asked_again)
    await partnership.tell(signature(partnership, partnership.claire), by=partnership.claire)
    await eventually(lambda: claire.has(TO_DO))


async def test_pages_signed_on_paper_await_those_only_who_may_attest_them(
    claire: Inbox, odile: Inbox, partnership: Partnership
) -> None:
    asked, scan = NoticeKind.CLAUSE_PROPOSED, NoticeKind.PAPER_SCAN_GIVEN
    given = PaperScanGiven(
        convention_id=partnership.convention, organization_id=partnership.hospital, scan=HASH
    )
    await partnership.tell(given, by=partnership.claire)
    await partnership.tell(partnership.proposal(side=partnership.hospital), by=partnership.claire)
    # She named herself, and does not sign.
    await eventually(lambda: odile.has(TO_DO, asked))

    named = partnership.mandate(partnership.odile, entrusted=True)
    await partnership.tell(named, by=partnership.paul)
    await partnership.tell(partnership.acceptance(named), by=partnership.odile)
    accepted = NoticeKind.MANDATE_ACCEPTED
    await eventually(lambda: claire.has(TO_READ, accepted, accepted, NoticeKind.NEGOTIATION_OPENED))
    await partnership.tell(given.model_copy(update={"scan": "1" * 64}), by=partnership.claire)
    await eventually(lambda: odile.has(TO_DO, asked, scan))


async def test_accepting_an_annex_leaves_what_is_asked_about_the_others(
    claire: Inbox, partnership: Partnership
) -> None:
    planning, charter = AnnexId(new_id()), AnnexId(new_id())

    def proposed(annex: AnnexId, **given: bool) -> AnnexProposed:
        return AnnexProposed.model_validate(
            {
                "convention_id": partnership.convention,
                "annex_id": annex,
                "revision": 2,
                "organization_id": partnership.association,
                "withdrawn": False,
                **given,
            }
        )

    for annex in (planning, charter):
        await partnership.tell(proposed(annex), by=partnership.odile)
    asked = NoticeKind.ANNEX_PROPOSED
    await eventually(lambda: claire.has(TO_DO, asked, asked))
    accepted = AnnexAccepted(
        convention_id=partnership.convention,
        annex_id=planning,
        revision=2,
        organization_id=partnership.hospital,
        agreed=True,
    )
    await partnership.tell(accepted, by=partnership.claire)
    await eventually(lambda: claire.has(TO_DO, asked))
    # Another file for the other one: one notice asks for it. Once it is gone, nothing does.
    first = await claire.only(TO_DO)
    await partnership.tell(proposed(charter), by=partnership.odile)

    async def asked_again() -> bool:
        notices = (await claire.drawer(TO_DO)).notices
        return [it.kind for it in notices] == [asked] and notices[0].notice_id != first.notice_id

    await eventually(asked_again)
    await partnership.tell(proposed(charter, withdrawn=True, gone=True), by=partnership.odile)
    await eventually(lambda: claire.has(TO_DO))


async def test_voided_signatures_are_told_to_those_who_had_signed(
    claire: Inbox, paul: Inbox, partnership: Partnership
) -> None:
    await partnership.tell(partnership.sealing(), by=partnership.odile)
    await partnership.tell(signature(partnership, partnership.paul), by=partnership.paul)
    voided = SignaturesVoided(
        convention_id=partnership.convention,
        reason=VoidReason.EDIT,
        organization_id=partnership.hospital,
        voided=(partnership.paul.person_id,),
    )
    await partnership.tell(voided, by=partnership.claire)
    await eventually(lambda: paul.has(TO_READ, NoticeKind.SIGNATURES_VOIDED))
    notice = await paul.only(TO_READ)
    assert notice.because is NoticeReason.SIGNED
    assert await claire.kinds(TO_DO) == []


async def test_an_indicator_is_asked_about_until_it_is_agreed(
    claire: Inbox, partnership: Partnership
) -> None:
    ids = {
        "indicator_id": IndicatorId(new_id()),
        "project_id": ProjectId(new_id()),
        "convention_id": partnership.convention,
    }
    proposed = IndicatorProposed.model_validate(ids | {"organization_id": partnership.association})
    await partnership.tell(proposed, by=partnership.odile)
    await eventually(lambda: claire.has(TO_DO, NoticeKind.INDICATOR_PROPOSED))
    agreed = IndicatorAgreed.model_validate(ids | {"organization_id": partnership.hospital})
    await partnership.tell(agreed, by=partnership.claire)
    await eventually(lambda: claire.has(TO_DO))


async def test_facts_of_contacts_that_come_late_are_waited_for(
    notifications: None, partnership: Partnership, asker: Asker
) -> None:
    claire, odile = Inbox(asker, partnership.claire), Inbox(asker, partnership.odile)
    await partnership.draft()
    await partnership.tell(partnership.proposal(), by=partnership.odile)
    opened = await partnership.tell(partnership.opening())
    assert opened.version == 3
    for someone in (partnership.claire, partnership.odile):
        proposed = partnership.mandate(someone)
        await partnership.tell(proposed, by=someone)
        await partnership.tell(partnership.acceptance(proposed), by=someone)
    await eventually(lambda: contains(odile, NoticeKind.NEGOTIATION_OPENED))
    await eventually(lambda: contains(claire, NoticeKind.NEGOTIATION_OPENED))


async def contains(inbox: Inbox, kind: NoticeKind) -> bool:
    return kind in await inbox.kinds(TO_READ)
