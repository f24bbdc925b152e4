"""The directory: registered by an operator, line by line, read by whoever is signed in."""

import asyncio

import pytest

from shared.contracts.actor import Actor
from shared.contracts.contacts.commands import RefusedEntry, RegisterOrganizations
from shared.contracts.contacts.queries import FindOrganizations, GetOrganization, NameOrganizations
from shared.contracts.contacts.refusals import OrganizationNotFound
from shared.contracts.identifiers import OrganizationId, PersonId, new_id
from shared.contracts.values import Side
from tests.contacts.service.conftest import World, entry

SOMEBODY = Actor(PersonId(new_id()), None)


async def test_each_line_is_registered_or_refused_on_its_own(empty_world: World) -> None:
    fleyriat = entry("CH DE FLEYRIAT", Side.ESTABLISHMENT, finess="01 000 0024", siren="260100045")
    batch = (
        fleyriat,
        entry("Mistyped", Side.ESTABLISHMENT, finess="010000025"),
        entry("Same number", Side.ESTABLISHMENT, finess="010000024"),
        entry("Same entity", Side.ESTABLISHMENT, siren="260100045"),
        entry("Mayotte", Side.ASSOCIATION, rna="w9t1002867"),
        fleyriat,
    )
    report = await empty_world.operator.ask(RegisterOrganizations(entries=batch))
    assert (report.registered, report.known) == (2, 1)
    assert report.refused == (
        RefusedEntry(position=1, field="finess", reason="check_digit"),
        RefusedEntry(position=2, field="finess", reason="taken"),
        RefusedEntry(position=3, field="siren", reason="taken"),
    )
    again = await empty_world.operator.ask(RegisterOrganizations(entries=batch))
    assert (again.registered, again.known, len(again.refused)) == (0, 3, 3)
    other = fleyriat.model_copy(update={"name": "CH DE BOURG", "finess": None, "siren": None})
    taken = await empty_world.operator.ask(RegisterOrganizations(entries=(other,)))
    assert taken.refused == (RefusedEntry(position=0, field="organization_id", reason="taken"),)
    found = await empty_world.gateway.ask(FindOrganizations(text="W9T1002867"), actor=SOMEBODY)
    assert [it.rna for it in found.organizations] == ["W9T1002867"]


async def test_the_same_batch_twice_at_once_is_stored_once(empty_world: World) -> None:
    batch = tuple(entry(f"Clinique {number}", Side.ESTABLISHMENT, city="Bellerive") for number in range(50))
    reports = await asyncio.gather(
        *(
            empty_world.operator.ask(RegisterOrganizations(entries=order), timeout_seconds=20)
            for order in (batch, batch[::-1], batch)
        ),
        return_exceptions=True,
    )
    done = [it for it in reports if not isinstance(it, BaseException)]
    assert done
    assert sum(it.registered for it in done) == 50
    page = await empty_world.gateway.ask(FindOrganizations(text="bellerive"), actor=SOMEBODY)
    assert page.total == 50


async def test_an_organisation_says_whether_colleagues_use_entente(world: World) -> None:
    assert (await world.ask(GetOrganization(organization_id=world.association), world.claire)).has_members
    nobody = entry("Sans membre", Side.ASSOCIATION, city="Bellerive", postal_code="01000")
    await world.operator.ask(RegisterOrganizations(entries=(nobody,)))
    view = await world.ask(GetOrganization(organization_id=nobody.organization_id), world.claire)
    assert (view.has_members, view.name, view.address.city) == (False, "Sans membre", "Bellerive")


async def test_names_of_what_does_not_exist_are_left_out(world: World) -> None:
    unknown = OrganizationId(new_id())
    names = await world.ask(NameOrganizations(organization_ids=(world.hospital, unknown)), world.yann)
    assert [(it.name, it.side) for it in names.organizations] == [("CH DE BELLERIVE", Side.ESTABLISHMENT)]
    with pytest.raises(OrganizationNotFound):
        await world.ask(GetOrganization(organization_id=unknown), world.yann)
