"""`entente replay`: make projections again from the owners' logs, while the system runs."""

import argparse
import asyncio
import sys

from deploy.errors import CommandFailure
from deploy.topology import FOLLOWERS
from shared.contracts.rebuilding import (
    ListProjections,
    ProjectionRebuilt,
    RebuildProjection,
    UnknownProjection,
)
from shared.contracts.refusals import Defect, Trouble

HELP = "make projections again from the owners' logs, and say whether they were what these tell"

# A hundred seconds for a million events, and as much again for a machine that does something else too.
_PATIENCE_SECONDS = 300.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """One projection, all of one service, or all."""
    parser.add_argument(
        "service", choices=sorted(FOLLOWERS), nargs="?", help="all services when it is left out"
    )
    parser.add_argument("projection", nargs="?", help="all of the service when it is left out")


def run(options: argparse.Namespace) -> int:
    """1 when a projection was not what the logs tell, and was replaced; else 0."""
    from deploy.reach import operator
    from deploy.settings import SystemSettings

    async def replay() -> int:
        replaced = 0
        async with operator(SystemSettings.load().data) as asker:
            for service in [options.service] if options.service else sorted(FOLLOWERS):
                known = (await asker.ask(ListProjections(), at=service)).names
                for name in [options.projection] if options.projection else known:
                    request = RebuildProjection(projection=name)
                    rebuilt = await asker.ask(request, at=service, timeout_seconds=_PATIENCE_SECONDS)
                    sys.stdout.write(f"{service} {name}: {_outcome(rebuilt)}\n")
                    replaced |= rebuilt.live_hash != rebuilt.rebuilt_hash
        return replaced

    try:
        return asyncio.run(replay())
    except UnknownProjection as refusal:
        known = ", ".join(refusal.fields["known"])
        raise CommandFailure(
            f"{options.service} has no projection {options.projection}; it has {known}."
        ) from refusal
    except Trouble as trouble:
        raise CommandFailure(f"{trouble}. Is the system running? Nothing was replaced.") from trouble
    except Defect as defect:
        raise CommandFailure(f"{defect}: its log says why. Nothing was replaced.") from defect


def _outcome(rebuilt: ProjectionRebuilt) -> str:
    told = f"{rebuilt.events:,} events in {rebuilt.seconds:.1f} s"
    if rebuilt.live_hash == rebuilt.rebuilt_hash:
        return f"{told}, same as before ({rebuilt.live_hash[:16]})"
    return f"{told}, replaced: it was {rebuilt.live_hash[:16]} and is {rebuilt.rebuilt_hash[:16]}"
