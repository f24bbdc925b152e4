"""`entente people enroll`: add the first people of an organisation, who can then sign in and invite others."""

import argparse
import asyncio
import secrets
import sys
from uuid import UUID

from shared.contracts.contacts.commands import EnrollPerson
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.web.commands import CreateAccount

HELP = "add the first people of an organisation"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Who she is, and what she may do for her organisation."""
    told = "add somebody to an organisation, with an account; she chooses her password by e-mail"
    enroll = parser.add_subparsers(required=True, metavar="ACTION").add_parser(
        "enroll", help=told, description=told
    )
    enroll.add_argument("email", help="with which she signs in")
    enroll.add_argument("--organization", type=UUID, required=True, help="the id of her organisation")
    for name in ("given-name", "family-name", "function"):
        enroll.add_argument(f"--{name}", required=True)
    enroll.add_argument("--administrator", action="store_true", help="she says who may sign for it")
    enroll.add_argument("--signatory", action="store_true", help="she may sign for it")
    enroll.add_argument(
        "--id", type=UUID, default=None, help="her id, to do the same thing again; made when left out"
    )


def run(options: argparse.Namespace) -> int:
    """0 once she can choose her password."""
    from deploy.reach import operator, told_in_words
    from deploy.settings import SystemSettings

    person_id = PersonId(options.id or new_id())

    async def enroll() -> None:
        organization_id = OrganizationId(options.organization)
        person = EnrollPerson(
            person_id=person_id,
            given_name=options.given_name,
            family_name=options.family_name,
            email=options.email,
            organization_id=organization_id,
            function=options.function,
            administrator=options.administrator,
            signatory=options.signatory,
        )
        # Nobody ever knows this password: she chooses hers by the link that is sent to her address.
        account = CreateAccount(
            person_id=person_id,
            email=person.email,
            password=secrets.token_urlsafe(32),
            organization_id=organization_id,
        )
        async with operator(SystemSettings.load().data) as asker:
            await asker.ask(person)
            # Said at once: whoever has to do it again after a failure needs it.
            sys.stdout.write(f"{person_id}  {person.email}\n")
            await asker.ask(account)

    with told_in_words(again=f" To do the same thing again, add --id {person_id}"):
        asyncio.run(enroll())
    sys.stdout.write("She chooses her password at /mot-de-passe-oublie.\n")
    return 0
