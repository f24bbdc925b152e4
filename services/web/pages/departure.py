"""Somebody leaves my organisation: first what it would end, then, once that has been read, the act."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath

from services.web.pages.forms import Form, Page
from services.web.pages.frame import begin_page, done, not_done, show
from services.web.visits import Visit
from shared.contracts.contacts.commands import EndAffiliation, EndMandate
from shared.contracts.contacts.queries import GetDeparture, GetMandate
from shared.contracts.identifiers import MandateId, PersonId
from shared.contracts.projects.queries import NameSubjects

_PATH = "/mon-organisation/{person_id:uuid}/depart"


@dataclass(frozen=True, slots=True)
class Loss:
    """A mandate that ends, and what becomes of its side."""

    title: str
    url: str
    accepted: bool
    leaves_vacant: bool


@get(_PATH)
async def show_departure(request: Visit, person_id: FromPath[UUID]) -> Page:
    """The page."""
    return await _page(request, PersonId(person_id), Form())


@post(_PATH)
async def handle_end_affiliation(request: Visit, person_id: FromPath[UUID]) -> Page:
    """End it."""
    form = Form()
    if not await form.send(request, EndAffiliation(person_id=PersonId(person_id))):
        return await _page(request, PersonId(person_id), form)
    if person_id == request.person_id:
        return await done(request, "/compte", "Vous n’appartenez plus à cette organisation.")
    return await done(
        request, "/mon-organisation", "C’est fait. Cette personne n’agit plus pour votre organisation."
    )


@post("/mandats/{mandate_id:uuid}/terminer")
async def handle_end_mandate(request: Visit, mandate_id: FromPath[UUID]) -> Page:
    """Give my mandate up, while a colleague keeps hers."""
    request.must_be_signed_in()
    mandate = await request.web.gateway.ask(GetMandate(mandate_id=MandateId(mandate_id)), request.actor)
    form = Form()
    path = f"/conventions/{mandate.convention_id}/referents"
    if await form.send(request, EndMandate(mandate_id=mandate.mandate_id)) is None:
        return await not_done(request, path, form.errors["_"])
    return await done(request, path, "Votre mandat est terminé. Toutes les parties sont prévenues.")


async def _page(request: Visit, person_id: PersonId, form: Form) -> Page:
    request.must_be_signed_in()
    frame = begin_page(request)
    departure = await request.web.gateway.ask(GetDeparture(person_id=person_id), request.actor)
    ids = tuple({it.convention_id for it in departure.mandates})
    titles, around = await asyncio.gather(
        request.web.gateway.ask_if_there(NameSubjects(ids=ids), request.actor), frame
    )
    return await show(
        request,
        "depart.html",
        status=form.status,
        erreurs=form.errors,
        person_id=person_id,
        name=f"{departure.given_name} {departure.family_name}",
        is_me=person_id == request.person_id,
        organization=around.me.organization if around.me else "",
        losses=[
            Loss(
                title=(titles.titles if titles else {}).get(it.convention_id, "une convention"),
                url=f"/conventions/{it.convention_id}/referents",
                accepted=it.accepted,
                leaves_vacant=it.leaves_vacant,
            )
            for it in departure.mandates
        ],
        last_signatory=departure.last_signatory,
        last_administrator=departure.last_administrator,
    )
