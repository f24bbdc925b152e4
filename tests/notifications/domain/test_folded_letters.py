"""Where an e-mail leads that tells several things at once."""

from dataclasses import replace

from services.notifications.notices.domain.letters import what_all_are_about
from services.notifications.notices.domain.rules import Subject
from shared.contracts.notifications.queries import NoticeKind
from tests.notifications.domain.test_letters import BASE, letter, part, written


def test_several_lead_to_the_page_that_shows_them_all() -> None:
    accepted = letter(NoticeKind.CLAUSE_ACCEPTED, count=11)
    lines = part(written(accepted), "plain").splitlines()
    assert f"{BASE}/conventions/{accepted.items[0].subject.convention_id}#t-articles" in lines
    assert "Voir les articles" in "\n".join(lines)


def test_one_article_that_two_parties_accepted_is_one() -> None:
    about = letter(NoticeKind.CLAUSE_ACCEPTED, count=2)
    subject = about.items[0].subject
    both = tuple(replace(it, subject=subject) for it in about.items)
    message = written(about, items=both, actor=None, actor_organization=None)
    lines = part(message, "plain").splitlines()
    assert message["Subject"].startswith("Article accepté")
    assert f"{BASE}/conventions/{subject.convention_id}/articles/{subject.clause_id}" in lines


def test_measures_of_one_indicator_lead_to_it_and_those_of_several_to_their_project() -> None:
    about = letter(NoticeKind.MEASURE_RECORDED, count=3)
    first = about.items[0].subject
    of_one = [replace(it, subject=first) for it in about.items]
    of_project = [replace(it, subject=replace(it.subject, project_id=first.project_id)) for it in about.items]
    for items, page in (
        (of_one, f"/indicateurs/{first.indicator_id}"),
        (of_project, f"/projets/{first.project_id}"),
        (about.items, "/indicateurs"),
    ):
        message = written(about, items=tuple(items))
        assert BASE + page in part(message, "plain").splitlines()
        assert message["Subject"].startswith("3 nouvelles mesures")


def test_a_letter_is_about_what_all_its_notices_have_in_common() -> None:
    items = letter(NoticeKind.COMMENT_ADDED, count=2).items
    convention = items[0].subject.convention_id
    assert what_all_are_about(items) == Subject(convention)
    assert what_all_are_about(items[:1]) == items[0].subject
