"""What `make up` prints once everything is ready."""

import json
from pathlib import Path

from deploy.embedded.place import KEPT_IN
from deploy.settings import SystemSettings


def describe(settings: SystemSettings, *, address: str, seconds: float, memory: int) -> str:
    """Say where to look, who to be, where mails go, and what it cost."""
    mails = (
        f"through {_without_password(settings.smtp_url)}"
        if settings.smtp_url
        else f"in {settings.data / 'mail'} (Maildir)"
    )
    lines = [
        "",
        f"  Entente is ready:  {address}",
        "",
        *_accounts(settings.data / "sample.json"),
        f"  E-mails go         {mails}",
        f"  Logs are in        {settings.data / 'logs'}",
        *_elsewhere(settings.data / "postgres" / KEPT_IN),
        f"  Started in         {seconds:.1f} s; {memory / 1024**2:.0f} MB of memory in all when idle",
        "",
        "  Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(lines)


def _elsewhere(note: Path) -> list[str]:
    """Tell when the database is not where one would look: its account could not enter the data folder."""
    return (
        [f"  The database is in {note.read_text().strip()} (remove it, too, when you remove the data folder)"]
        if note.exists()
        else []
    )


def _accounts(sample: Path) -> list[str]:
    """List the sample accounts; of a system without the sample, say how its first people get in."""
    if not sample.exists():
        return [
            "  To enter the first organisation and its people, and to name an operator (docs/operations/running.md):",
            '    entente organizations add "Main tendue" --side association --city Lyon',
            "",
        ]
    people = json.loads(sample.read_text())["people"]
    columns = [
        (str(it["side"]).replace("_", " "), str(it["email"]), str(it["organization"])) for it in people
    ]
    widths = [max(map(len, column)) for column in zip(*columns, strict=True)]
    passwords = ", ".join(sorted({str(it["password"]) for it in people}))
    return [
        f"  Sample accounts, password: {passwords}",
        *("    " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in columns),
        "",
    ]


def _without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.rpartition('@')[2]}"
