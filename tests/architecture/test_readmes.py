"""What a service's README says of its events is what its code does."""

import re
from pathlib import Path

import pytest

from deploy.reference.catalogue import collect
from deploy.topology import DOMAIN_SERVICES

ROOT = Path(__file__).parents[2]
CATALOGUE = collect()


def _section(service: str, heading: str) -> set[str]:
    text = (ROOT / "services" / service / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found
    known = {event.__name__ for event in CATALOGUE.events}
    return known & set(re.findall(r"`(\w+)`", found.group(1)))


def _announced_by(service: str) -> set[str]:
    """Events of its own contract that the service's code makes."""
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "services" / service).rglob("*.py")
        if path.name != "subscribers.py"
    )
    own = {event.__name__ for event in CATALOGUE.events if event.__module__.split(".")[2] == service}
    return {name for name in own if re.search(rf"\b{name}\(", source)}


@pytest.mark.parametrize("service", DOMAIN_SERVICES)
def test_a_readme_lists_what_is_announced(service: str) -> None:
    assert _section(service, "Publishes") == _announced_by(service)


@pytest.mark.parametrize("service", DOMAIN_SERVICES)
def test_a_readme_lists_what_is_read(service: str) -> None:
    read = {event.__name__ for event in CATALOGUE.events if service in CATALOGUE.readers[event.subject]}
    assert _section(service, "Consumes") == read
