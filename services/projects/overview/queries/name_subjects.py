"""Titles by id, whatever they are titles of."""

from services.projects.authority.public import require_member
from services.projects.conventions import public as conventions
from services.projects.evidence import public as evidence
from services.projects.promises import public as promises
from services.projects.rooms import public as rooms
from services.projects.templates import public as templates
from services.projects.work import public as work
from shared.contracts.actor import Actor
from shared.contracts.projects.queries import NameSubjects, Titles
from shared.kit.database import Transaction


async def name_subjects(query: NameSubjects, actor: Actor, tx: Transaction) -> Titles:
    """The titles that the actor may read; the other ids are left out, as those that do not exist."""
    titles = await conventions.titles_of(tx, query.ids, actor)
    # Somebody invited speaks as nobody yet: the convention that she is asked for is all that she reads.
    if actor.organization_id is not None:
        member = await require_member(tx, actor)
        titles |= await work.titles_of(tx, query.ids, member)
        titles |= await evidence.titles_of(tx, query.ids, member)
        titles |= await promises.titles_of(tx, query.ids, member)
        titles |= await rooms.titles_of(tx, query.ids, member)
        titles |= await templates.titles_of(tx, query.ids, member)
    return Titles(titles=titles)
