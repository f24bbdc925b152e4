"""Who hears that a template was shared with her organisation."""

from services.notifications.recipients.templates import Readers, who_reads_it
from shared.contracts.notifications.queries import NoticeKind, NoticeReason
from tests.notifications.domain.circle import ASSOCIATION, CLAIRE, HOSPITAL, KARIM, NORA, ODILE, PAUL

OF_BOTH = (
    Readers(HOSPITAL, administrators=frozenset({KARIM}), referents=frozenset({KARIM, CLAIRE})),
    Readers(ASSOCIATION, administrators=frozenset({NORA}), referents=frozenset({ODILE})),
)


def test_whoever_administers_or_negotiates_hears_once_and_why() -> None:
    told = {it.person_id: (it.organization_id, it.because) for it in who_reads_it(OF_BOTH, actor_person=PAUL)}
    assert told == {
        KARIM: (HOSPITAL, NoticeReason.ADMINISTRATOR),
        CLAIRE: (HOSPITAL, NoticeReason.NEGOTIATES),
        NORA: (ASSOCIATION, NoticeReason.ADMINISTRATOR),
        ODILE: (ASSOCIATION, NoticeReason.NEGOTIATES),
    }


def test_whoever_shared_it_hears_nothing_where_she_also_belongs() -> None:
    hearings = who_reads_it(OF_BOTH, actor_person=ODILE)
    assert {it.kind for it in hearings} == {NoticeKind.TEMPLATE_SHARED}
    assert ODILE not in {it.person_id for it in hearings}
    assert who_reads_it((), actor_person=None) == ()
