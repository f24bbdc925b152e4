"""Every code, event, notice and act that exists has its French words."""

from datetime import UTC, date, datetime
from importlib import import_module
from pkgutil import walk_packages
from types import SimpleNamespace
from typing import Any

import pytest

from services.web.wording import awaited, document, live, notices, refusals, sealing, steps, timeline
from services.web.wording.dates import (
    duration,
    heure,
    jour_mois,
    jour_semaine,
    mois_du_pave,
    moment,
    plain_date,
    pluriel,
)
from services.web.wording.fields import explain
from shared import contracts
from shared.contracts.identifiers import (
    ConventionId,
    EventId,
    IndicatorId,
    ObligationId,
    OrganizationId,
    ProjectId,
    TaskId,
    new_id,
)
from shared.contracts.messages import Event
from shared.contracts.notifications.queries import Delivery, NoticeKind, NoticeReason, NoticeState, NoticeView
from shared.contracts.projects.queries import (
    Awaited,
    AwaitedKind,
    ConventionState,
    Dated,
    DatedKind,
    SealProblem,
    TimelineEntry,
)
from shared.contracts.projects.rooms import RoomKind
from shared.contracts.refusals import Refusal
from shared.contracts.values import Side

for module in walk_packages(contracts.__path__, f"{contracts.__name__}."):
    import_module(module.name)

NOW = datetime(2026, 11, 22, 13, 32, tzinfo=UTC)
CODES = sorted(code for code, it in Refusal.by_code.items() if it.__module__.startswith("shared.contracts"))
TOLD = [
    it.subject
    for module in (
        "shared.contracts.projects.events",
        "shared.contracts.projects.leaving",
        "shared.contracts.projects.taking_back",
        "shared.contracts.projects.parties",
        "shared.contracts.projects.promise_events",
        "shared.contracts.projects.mediation_events",
        "shared.contracts.contacts.events",
    )
    for it in vars(import_module(module)).values()
    if isinstance(it, type)
    and issubclass(it, Event)
    and it is not Event
    # What contacts announces of organisations and people is not part of a partnership's timeline.
    and it.aggregate not in {"organization", "person"}
]


@pytest.mark.parametrize("code", CODES)
def test_every_refusal_has_a_title_and_a_sentence_even_without_its_fields(code: str) -> None:
    refusal = Refusal.of_code(code, {})
    assert code in refusals.REFUSALS
    assert refusals.title_of(refusal)
    sentence = refusals.sentence_of(refusal)
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_no_words_are_kept_for_codes_that_no_longer_exist() -> None:
    assert set(refusals.REFUSALS) == set(CODES)


def test_an_unknown_code_of_a_newer_service_still_has_a_sentence() -> None:
    assert refusals.sentence_of(Refusal.of_code("brand_new", {}))


def test_a_refusal_tells_what_its_fields_say() -> None:
    outside = Refusal.of_code("date_outside_convention", {"starts_on": "2027-01-01", "ends_on": "2027-12-31"})
    assert "1er\N{NO-BREAK SPACE}janvier 2027" in refusals.sentence_of(outside)
    wait = Refusal.of_code("too_many_attempts", {"retry_after_seconds": 90})
    assert "2\N{NO-BREAK SPACE}minutes" in refusals.sentence_of(wait)


@pytest.mark.parametrize("subject", TOLD)
def test_every_event_of_a_partnership_is_told(subject: str) -> None:
    assert subject in timeline.TELLINGS
    entry = TimelineEntry(
        event_id=EventId(new_id()),
        type=subject,
        occurred_at=NOW,
        convention_id=ConventionId(new_id()),
        convention_title="Écoute en oncologie",
        organization_id=OrganizationId(new_id()),
        person_id=None,
        clause_number=4,
        title="Jours et horaires",
    )
    hers = timeline.tell(entry, "Odile Marchand", Side.ASSOCIATION, is_me=False, detail=None)
    mine = timeline.tell(entry, "Odile Marchand", Side.ASSOCIATION, is_me=True, detail=None)
    assert hers.text
    assert hers.url
    if not timeline.TELLINGS[subject].nobody:
        assert mine.who == "Vous"
        assert mine.text.split()[0] in {"avez", "êtes"}


@pytest.mark.parametrize("kind", NoticeKind)
def test_every_notice_has_a_sentence_and_an_address(kind: NoticeKind) -> None:
    ids: dict[str, Any] = {
        name: new_id()
        for name in (
            "notice_id",
            "convention_id",
            "clause_id",
            "project_id",
            "milestone_id",
            "indicator_id",
            "task_id",
            "obligation_id",
            "template_id",
        )
    }
    notice = NoticeView(
        **ids,
        kind=kind,
        state=NoticeState.TO_DO,
        read=False,
        created_at=NOW,
        actor_person_id=None,
        actor_organization_id=None,
    )
    title = notices.notice_title(notice, "Main tendue", notices.Subjects({}))
    assert "{" not in title
    assert "None" not in notices.notice_url(notice)


@pytest.mark.parametrize("reason", NoticeReason)
def test_every_notice_says_why(reason: NoticeReason) -> None:
    assert notices.REASONS[reason].endswith(".")


@pytest.mark.parametrize("state", ["queued", "sent", "failed", "cancelled"])
def test_what_became_of_the_mail_is_told(state: str) -> None:
    told = notices.delivery_in_words((Delivery(channel="email", state=state, at=NOW),))
    assert told is None if state == "cancelled" else told


@pytest.mark.parametrize("kind", AwaitedKind)
@pytest.mark.parametrize("count", [1, 3])
def test_every_act_that_awaits_somebody_is_told(kind: AwaitedKind, count: int) -> None:
    item = Awaited(
        kind=kind,
        convention_id=ConventionId(new_id()),
        project_id=ProjectId(new_id()),
        indicator_id=IndicatorId(new_id()),
        room=RoomKind.SHARED,
        task_id=TaskId(new_id()),
        obligation_id=ObligationId(new_id()),
        title="Écoute",
        other_party=OrganizationId(new_id()),
        count=count,
        since=NOW,
    )
    assert "{" not in awaited.act_title(item) + awaited.act_why(item, "Main tendue") + awaited.waiting_text(
        item
    )
    assert "None" not in awaited.act_url(item)
    assert awaited.act_button(item)


@pytest.mark.parametrize("kind", DatedKind)
def test_every_date_is_told(kind: DatedKind) -> None:
    item = Dated(
        kind=kind, on=date(2027, 1, 1), convention_id=ConventionId(new_id()), title="Écoute", context=""
    )
    assert "Écoute" in awaited.date_title(item)


@pytest.mark.parametrize("reason", sorted(sealing.REASONS))
def test_every_obstacle_to_sealing_leads_somewhere(reason: str) -> None:
    told = sealing.obstacle(SealProblem(reason=reason, clause_id=None), "/conventions/1", 4, "Main tendue")
    assert told.text.endswith(".")
    assert told.url.startswith("/")


OF_AMENDMENTS = {ConventionState.SIGNED, ConventionState.IN_FORCE, ConventionState.ABANDONED}


@pytest.mark.parametrize("state", ConventionState)
def test_every_state_has_its_place_in_the_life_of_a_convention(state: ConventionState) -> None:
    amends = SimpleNamespace(effective_on=None) if state in OF_AMENDMENTS - {ConventionState.SIGNED} else None
    if state is ConventionState.SIGNED:
        # It waits for a day.
        amends = SimpleNamespace(effective_on=date(2027, 3, 1))
    view: Any = SimpleNamespace(
        state=state,
        amends=amends,
        drafted_at=NOW,
        negotiating_since=None,
        activated_at=None,
        sign_before=date(2026, 12, 1),
        starts_on=date(2027, 1, 1),
        ends_on=date(2028, 12, 31),
    )
    assert [it.state for it in steps.steps_of(view, view.starts_on)].count("current") == 1
    assert document.STATUS[state]


def test_dates_and_numbers_are_written_as_in_french() -> None:
    space = "\N{NO-BREAK SPACE}"
    today = date(2026, 11, 22)
    assert jour_semaine(date(2026, 11, 27), today=today) == f"vendredi 27{space}novembre"
    assert jour_semaine(date(2028, 12, 31), court=True, today=today) == f"dimanche 31{space}déc. 2028"
    assert jour_mois(date(2028, 12, 31), today) == f"31{space}décembre 2028"
    assert mois_du_pave(date(2026, 12, 31), today) == "déc."
    assert mois_du_pave(date(2028, 12, 31), today) == "déc. 2028"
    assert "1<sup>er</sup>" in jour_semaine(date(2027, 1, 1))
    assert plain_date(date(2027, 1, 1)) == f"1er{space}janvier 2027"
    assert heure(NOW) == f"14{space}h{space}32"
    assert moment(NOW, date(2026, 11, 22)).startswith("aujourd’hui")
    assert moment(NOW, date(2026, 11, 23)).startswith("hier")
    assert moment(NOW, date(2026, 11, 25)).startswith("dimanche")
    assert moment(NOW, date(2027, 11, 25)) == f"22{space}novembre 2026"
    assert [pluriel(it, "article", "articles", nombre=False) for it in (0, 1, 2)] == [
        "article",
        "article",
        "articles",
    ]


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "told"),
    [
        (date(2027, 1, 1), date(2027, 12, 31), "1 an"),
        (date(2027, 1, 1), date(2028, 12, 31), "2 ans"),
        (date(2027, 1, 1), date(2028, 6, 30), "18 mois"),
        (date(2027, 1, 1), date(2027, 1, 10), "10 jours"),
    ],
)
def test_a_term_is_told_in_years_months_or_days(starts_on: date, ends_on: date, told: str) -> None:
    assert duration(starts_on, ends_on).replace("\N{NO-BREAK SPACE}", " ") == told


def test_a_date_and_a_number_beyond_their_bounds_are_told_as_what_they_are() -> None:
    space = "\N{NO-BREAK SPACE}"
    last = {"le": "2199-12-31"}
    assert explain("less_than_equal", last) == f"Indiquez une date jusqu’au 31{space}décembre 2199."
    first = {"ge": "1900-01-01"}
    assert explain("greater_than_equal", first) == f"Indiquez une date à partir du 1er{space}janvier 1900."
    assert explain("greater_than_equal", {"ge": 1}) == "Indiquez un nombre à partir de 1."
    assert explain("less_than_equal", {"le": 24}) == "Indiquez un nombre jusqu’à 24."


def test_live_fragments_say_how_many() -> None:
    assert str(live.unread_counter(0)) == '<hx-partial hx-target="#non-lus"></hx-partial>'
    assert "4<span" in live.unread_counter(4)
    assert "2\N{NO-BREAK SPACE}nouveautés" in live.news_line(2, "/conventions/1")


def test_printed_punctuation_stays_with_its_word() -> None:
    narrow, wide = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
    assert document.typeset("Oui ; non ! « peut-être » : 80 %") == (
        f"Oui{narrow}; non{narrow}! «{wide}peut-être{wide}»{wide}: 80{narrow}%"
    )
