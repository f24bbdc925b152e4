"""`entente verify`: check the event logs against their seals and the files against their hashes, or one sealed document."""

import argparse
import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from deploy.errors import CommandFailure
from deploy.topology import SERVICES

if TYPE_CHECKING:
    from deploy.kept_files import CheckedFiles
    from deploy.verification import Verified

HELP = "check that nothing in the event logs, or in a sealed document, was changed or removed, and no file damaged"

COULD_NOT_CHECK = 2
"""Not the 1 of a broken log: whoever runs this every night must be able to tell them apart."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """A document instead of the logs; `--service` limits those to one."""
    parser.add_argument(
        "file", nargs="?", type=Path, metavar="FILE.pdf", help="a sealed document, instead of the logs"
    )
    parser.add_argument("--service", choices=SERVICES, help="only the log of this service, and no file")


def run(options: argparse.Namespace) -> int:
    """0 when every log and file, or the document, is whole; 1 when one is not; 2 when one could not be read and the others are."""
    if options.file:
        return _run_document(options.file)
    from deploy.kept_files import check_files, find_missing, named_files
    from deploy.reach import database_urls
    from deploy.settings import SystemSettings
    from deploy.verification import verify

    services = (options.service,) if options.service else SERVICES
    whole = True
    unread = 0
    settings = SystemSettings.load()

    def check_log(service: str) -> bool:
        (url,) = database_urls(settings.data, [service]).values()
        verified = asyncio.run(verify(service, url))
        sys.stdout.write(describe(verified))
        return not verified.breaks

    def check_store() -> bool:
        files = check_files(settings.files)
        for url in database_urls(settings.data, services).values():
            find_missing(files, asyncio.run(named_files(url)))
        sys.stdout.write(describe_files(files))
        return not (files.damaged or files.missing)

    checks = [partial(check_log, it) for it in services]
    for check in checks if options.service else [*checks, check_store]:
        try:
            whole &= check()
        except CommandFailure as failure:
            sys.stderr.write(f"{failure}\n")
            unread = COULD_NOT_CHECK
    return unread if whole else 1


def _run_document(file: Path) -> int:
    from deploy.documents import describe_document, read_document, verify_document
    from deploy.settings import SystemSettings

    try:
        found = asyncio.run(verify_document(read_document(file), SystemSettings.load().data))
    except CommandFailure as failure:
        sys.stderr.write(f"{failure}\n")
        return COULD_NOT_CHECK
    sys.stdout.write(describe_document(file.name, found))
    return 0 if found.good else 1


def describe_files(files: "CheckedFiles") -> str:
    """What was found among the files, in words."""
    wrong = [
        f"{len(several)} {word}"
        for several, word in ((files.damaged, "DAMAGED"), (files.missing, "MISSING"))
        if several
    ]
    state = ", ".join(wrong) or "whole"
    lines = [f"files: {len(files.whole) + len(files.damaged)}, {state}"]
    lines += [f"  {sha256}: its bytes have another hash" for sha256 in files.damaged]
    lines += [f"  {sha256}: a service names it, and it is not in the store" for sha256 in files.missing]
    return "\n".join(lines) + "\n"


def describe(verified: "Verified") -> str:
    """What was found in one log, in words."""
    # Of a few events it would be the speed of the clock.
    measured = verified.seconds >= 0.1
    speed = (
        f"  ({verified.seconds:.1f} s, {verified.events / verified.seconds:,.0f} events/s)"
        if measured
        else ""
    )
    state = "BROKEN" if verified.breaks else "whole"
    told = f"{verified.service}: {verified.events} events in {verified.chains} chains, {state}"
    lines = [
        f"{told}{speed}",
        f"  fingerprint {verified.fingerprint}",
    ]
    for it in verified.breaks:
        where = [
            f"chain {it.chain_id}" if it.chain_id else "",
            f"seq {it.seq}" if it.seq else "",
            f"event {it.event_id}" if it.event_id else "",
        ]
        place = ", ".join(filter(None, where))
        lines.append(f"  {place}: {it.what}" if place else f"  {it.what}")
    if verified.omitted:
        lines.append(f"  and {verified.omitted} more")
    return "\n".join(lines) + "\n"
