"""What a message to a person may name. Asked by the service that sends it, at the moment of sending."""

from services.projects.conventions import public as conventions
from services.projects.evidence import public as evidence
from services.projects.work import public as work
from shared.contracts.projects.naming import DescribeForNotice, NoticeSubject
from shared.kit.database import Transaction

_UNREADABLE = NoticeSubject(readable=False, convention_title="")


async def describe_for_notice(query: DescribeForNotice, tx: Transaction) -> NoticeSubject:
    """Titles of what the message is about; nothing at all when the person may not read the convention."""
    convention = await conventions.describe_convention(tx, query.convention_id)
    reader = (query.convention_id, query.person_id, query.organization_id)
    if convention is None:
        return _UNREADABLE
    if not await conventions.may_read(tx, *reader):
        # Whoever is told that an invitation is taken back knows what it was about, and reads no more than that.
        known = await conventions.knew_of(tx, *reader)
        return NoticeSubject(readable=True, convention_title=convention.title) if known else _UNREADABLE
    clauses = await conventions.clauses_of(
        tx, query.convention_id, [query.clause_id] if query.clause_id else []
    )
    titles = await work.titles_for_notice(tx, query.convention_id, query.project_id, query.milestone_id)
    return NoticeSubject(
        readable=True,
        convention_title=convention.title,
        project_title=titles.project_title,
        milestone_title=titles.milestone_title,
        indicator_title=await evidence.title_for_notice(tx, query.convention_id, query.indicator_id),
        clause_number=next((clause.number for clause in clauses.values()), None),
        sign_before=convention.sign_before,
        amends=convention.amends,
    )
