"""News of the home page: what somebody did many times in a row is one line, and nothing else is."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.web.pages.names import Names
from services.web.pages.news import gathered_news_of
from services.web.wording.gathered import GATHERED
from services.web.wording.timeline import TELLINGS
from shared.contracts.identifiers import ConventionId, EventId, OrganizationId, PersonId, new_id
from shared.contracts.projects.queries import TimelineEntry
from shared.contracts.values import Side

ME, ODILE = PersonId(new_id()), PersonId(new_id())
OURS, THEIRS = OrganizationId(new_id()), OrganizationId(new_id())
CONVENTION = ConventionId(new_id())
ACCEPTED = "entente.projects.convention.clause_accepted.v1"
SIGNED = "entente.projects.convention.signed.v1"
NAMES = Names(
    people={ME: "Claire Vasseur", ODILE: "Odile Marchand"},
    organizations={OURS: "Centre hospitalier", THEIRS: "Main tendue"},
    sides={OURS: Side.ESTABLISHMENT, THEIRS: Side.ASSOCIATION},
    me=ME,
)


def entries(*told: tuple[str, PersonId, OrganizationId]) -> tuple[TimelineEntry, ...]:
    start = datetime(2026, 11, 22, 9, tzinfo=UTC)
    return tuple(
        TimelineEntry(
            event_id=EventId(UUID(int=number)),
            type=subject,
            occurred_at=start - timedelta(minutes=number),
            convention_id=CONVENTION,
            convention_title="Écoute",
            organization_id=organization,
            person_id=person,
        )
        for number, (subject, person, organization) in enumerate(told)
    )


def test_like_facts_in_a_row_are_one_line() -> None:
    news = gathered_news_of(
        entries((SIGNED, ODILE, THEIRS), *[(ACCEPTED, ODILE, THEIRS)] * 11, (ACCEPTED, ME, OURS)),
        NAMES,
        most=6,
    )
    assert [(it.who, it.text) for it in news] == [
        ("Odile Marchand", "a signé"),
        ("Odile Marchand", "a accepté 11 articles de"),
        ("Vous", "avez accepté"),
    ]


def test_who_attests_a_signature_on_paper_has_not_signed() -> None:
    told = [
        it.model_copy(update={"on_paper": True})
        for it in entries((SIGNED, ODILE, THEIRS), (SIGNED, ME, OURS))
    ]
    assert [(it.who, it.text) for it in gathered_news_of(tuple(told), NAMES, most=6)] == [
        ("Odile Marchand", "a attesté une signature sur papier de"),
        ("Vous", "avez attesté une signature sur papier de"),
    ]


def test_a_line_bears_the_time_of_its_latest_fact() -> None:
    told = entries(*[(ACCEPTED, ME, OURS)] * 3)
    assert gathered_news_of(told, NAMES, most=6)[0].at == told[0].occurred_at


def test_there_are_at_most_so_many_lines() -> None:
    told = entries(*[(SIGNED, ME, OURS), (SIGNED, ODILE, THEIRS)] * 5)
    assert len(gathered_news_of(told, NAMES, most=6)) == 6


def test_only_known_facts_are_gathered() -> None:
    assert set(GATHERED) <= set(TELLINGS)
