"""An entry of a register becomes an organisation, or says which field is wrong."""

import pytest

from services.contacts.directory.domain.organization import EntryFault, Organization
from shared.contracts.contacts.commands import Address, OrganizationEntry
from shared.contracts.contacts.events import OrganizationRegistered
from shared.contracts.identifiers import OrganizationId, new_id
from shared.contracts.values import Side


def entry(**given: object) -> OrganizationEntry:
    return OrganizationEntry.model_validate(
        {"organization_id": OrganizationId(new_id()), "side": Side.ESTABLISHMENT, "name": "CH  DE FLEYRIAT"}
        | given
    )


def test_registering_cleans_the_name_and_the_numbers_and_reports_the_side() -> None:
    organization, events = Organization.register(
        entry(finess="01 000 0024", siren="", kind=" Centre  hospitalier ")
    )
    assert organization.name == "CH DE FLEYRIAT"
    assert (organization.finess, organization.siren, organization.kind) == (
        "010000024",
        None,
        "Centre hospitalier",
    )
    assert events == [OrganizationRegistered(organization_id=organization.id, side=Side.ESTABLISHMENT)]


@pytest.mark.parametrize(
    ("given", "field", "reason"),
    [
        ({"finess": "010000025"}, "finess", "check_digit"),
        ({"siren": "123"}, "siren", "form"),
        ({"rna": "Z"}, "rna", "form"),
        ({"name": "…"}, "name", "empty"),
    ],
)
def test_a_wrong_field_is_named(given: dict[str, str], field: str, reason: str) -> None:
    with pytest.raises(EntryFault) as fault:
        Organization.register(entry(**given))
    assert (fault.value.field, fault.value.reason) == (field, reason)


def test_it_is_found_by_name_kind_place_purpose_and_numbers() -> None:
    organization, _ = Organization.register(
        entry(
            finess="010000024",
            kind="Centre hospitalier",
            address=Address(street="900 route de Paris", postal_code="01440", city="Viriat"),
            purpose="Prise en charge de la mucoviscidose",
        )
    )
    found = set(organization.all_words())
    assert {"fleyriat", "hospitalier", "viriat", "01440", "01", "mucoviscidose", "010000024"} <= found
    assert "paris" not in found, "a street named after a town does not put the organisation there"
    assert set(organization.name_words()) == {"ch", "centre", "hospitalier", "hopital", "fleyriat"}
