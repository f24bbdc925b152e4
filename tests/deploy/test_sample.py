"""The sample loads on a slow machine too, where services hear late of one another."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from deploy.credentials import Credentials
from deploy.http_get import get
from deploy.sample.load import load
from tests.support.eventually import eventually_sync
from tests.support.system import up


def test_what_is_not_known_yet_is_asked_again(home: Path) -> None:
    with up(home, ENTENTE_SAMPLE="no") as system, ThreadPoolExecutor(1) as pool:
        assert "entente organizations add" in system.said()
        assert (home / "mail" / "new").is_dir()
        owner = Credentials(home).addresses("projects-owner")["ENTENTE_POSTGRES_URL"]
        with psycopg.connect(owner) as projects:
            # It hears of nothing as long as this stands, and answers all the same.
            projects.execute("LOCK TABLE inbox_head IN EXCLUSIVE MODE")
            loading = pool.submit(asyncio.run, load(home))
            metrics = f"{system.said_by('web')['ops']}/metrics"
            eventually_sync(
                lambda: 'route="/api/v1/conventions",status="403"' in get(metrics)[1] or loading.done(),
                deadline=60,
            )
        loading.result()
        assert json.loads((home / "sample.json").read_text())["loaded"]
