"""The generated pages of `docs/reference/`, each as a path and its whole content."""

import importlib
import inspect
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from prometheus_client import REGISTRY
from pydantic_settings import BaseSettings

from deploy.reference import asyncapi
from deploy.reference.catalogue import Catalogue, collect, kind_of
from deploy.settings import SystemSettings
from deploy.topology import SERVICES
from shared.contracts.messages import Audience
from shared.kit.settings import ServiceSettings

NOTE = "<!-- Generated from the code by `make fix`. A test fails when it is out of date. -->\n"


def pages() -> dict[str, str]:
    """Every page by its name in `docs/reference/`."""
    catalogue = collect()
    document = asyncapi.document(catalogue, version=_version())
    return {
        "asyncapi.json": json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n",
        "events.md": _events(catalogue),
        "requests.md": _requests(catalogue),
        "refusals.md": _refusals(catalogue),
        "settings.md": _settings(),
        "metrics.md": _metrics(),
    }


def events_table(catalogue: Catalogue) -> Iterable[tuple[str, str, str, str]]:
    """For each event: its subject, its class, who reads it, and what it says."""
    for event in catalogue.events:
        readers = ", ".join(catalogue.readers[event.subject]) or "web (open pages)"
        yield event.subject, event.__name__, readers, _sentence(event)


def _events(catalogue: Catalogue) -> str:
    lines = ["# Events\n", NOTE, "Facts that services announce, by subject. Ids, dates and numbers only.\n"]
    lines += ["| subject | event | read by | what happened |", "|---|---|---|---|"]
    lines += [
        f"| `{subject}` | {name} | {readers} | {told} |"
        for subject, name, readers, told in events_table(catalogue)
    ]
    return "\n".join(lines) + "\n"


def _requests(catalogue: Catalogue) -> str:
    lines = ["# Commands and queries\n", NOTE]
    for audience in Audience:
        lines += [
            f"## {_AUDIENCES[audience]}\n",
            "| subject | kind | answer | what it asks |",
            "|---|---|---|---|",
        ]
        for it in catalogue.requests:
            if it.audience is audience:
                lines.append(f"| `{it.subject}` | {kind_of(it)} | {it.reply.__name__} | {_sentence(it)} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


_AUDIENCES = {
    Audience.PEOPLE: "Asked by people, through the gateway",
    Audience.SERVICES: "Asked by services, on their own behalf",
    Audience.OPERATORS: "Asked by operators",
}


def _refusals(catalogue: Catalogue) -> str:
    lines = ["# Refusals\n", NOTE, "Codes are stable: clients of the API may rely on them.\n"]
    lines += ["| code | kind | when |", "|---|---|---|"]
    lines += [f"| `{it.code}` | {it.kind} | {_sentence(it)} |" for it in catalogue.refusals]
    return "\n".join(lines) + "\n"


def _settings() -> str:
    lines = [
        "# Settings\n",
        NOTE,
        "Read from the environment; a wrong one, or a name that is none of them, stops `make up` and every command with a list of all. A service that is started alone reads only its own.\n",
    ]
    lines += _table("The whole system (`make up`)", SystemSettings, known=set())
    common = set(ServiceSettings.model_fields)
    lines += _table("Every service", ServiceSettings, known=set())
    for service in SERVICES:
        module = importlib.import_module(f"services.{service}.settings")
        for it in vars(module).values():
            if inspect.isclass(it) and issubclass(it, ServiceSettings) and it is not ServiceSettings:
                lines += _table(f"{service} alone", it, known=common)
    return "\n".join(lines).rstrip() + "\n"


def _table(title: str, settings: type[BaseSettings], *, known: set[str]) -> list[str]:
    own = {name: field for name, field in settings.model_fields.items() if name not in known}
    if not own:
        return []
    lines = [f"## {title}\n", "| variable | default | meaning |", "|---|---|---|"]
    for name, field in own.items():
        default = "required" if field.is_required() else f"`{_shown(field.default)}`"
        lines.append(f"| `ENTENTE_{name.upper()}` | {default} | {field.description or ''} |")
    return [*lines, ""]


def _shown(default: Any) -> str:
    return "unset" if default is None or default == "" else str(default)


def _metrics() -> str:
    for module in ("shared.kit.metrics", *(f"services.{service}.app" for service in SERVICES)):
        importlib.import_module(module)
    lines = ["# Metrics\n", NOTE, "At `/metrics` of each service's own operations address.\n"]
    lines += ["| metric | type | what it tells |", "|---|---|---|"]
    for metric in sorted(REGISTRY.collect(), key=lambda it: it.name):
        if metric.name.startswith("entente_"):
            # As it stands in the exposition: that is what one searches for.
            name = f"{metric.name}_total" if metric.type == "counter" else metric.name
            lines.append(f"| `{name}` | {metric.type} | {metric.documentation} |")
    return "\n".join(lines) + "\n"


def _version() -> str:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    return project["project"]["version"]


def _sentence(it: type[Any]) -> str:
    return " ".join((inspect.getdoc(it) or "").split("\n\n")[0].split())
