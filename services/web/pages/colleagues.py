"""The people of my own organisation, to choose from."""

from dataclasses import dataclass

from services.web.visits import Visit
from shared.contracts.contacts.queries import ListMembers
from shared.contracts.identifiers import PersonId


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of my organisation."""

    person_id: PersonId
    name: str
    function: str
    email: str
    is_me: bool


async def colleagues_of(visit: Visit) -> list[Colleague]:
    """My colleagues and me; nobody while contacts is away."""
    members = await visit.web.gateway.ask_if_there(ListMembers(), visit.actor)
    return [
        Colleague(
            person_id=it.person_id,
            name=f"{it.given_name} {it.family_name}",
            function=it.function,
            email=it.email,
            is_me=it.person_id == visit.person_id,
        )
        for it in (members.members if members else ())
    ]
