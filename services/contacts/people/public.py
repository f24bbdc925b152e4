"""What the other modules of contacts may ask about people."""

from services.contacts.people.commands.invite_person import invite_person
from services.contacts.people.domain.person import Colleagues, Person
from services.contacts.people.queries import get_person_contact, person_name
from services.contacts.people.storage import (
    administers,
    beyond_the_actor,
    colleagues_of,
    end_affiliation,
    has_administrator,
    is_member,
    load_member,
    load_person,
    require_administrator,
    require_member,
    save_person,
)

__all__ = [
    "Colleagues",
    "Person",
    "administers",
    "beyond_the_actor",
    "colleagues_of",
    "end_affiliation",
    "get_person_contact",
    "has_administrator",
    "invite_person",
    "is_member",
    "load_member",
    "load_person",
    "person_name",
    "require_administrator",
    "require_member",
    "save_person",
]
