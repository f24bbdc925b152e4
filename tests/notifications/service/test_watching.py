"""What operators see: readiness, figures, log lines; and that none of it names anybody."""

import asyncio
import json
import os
import sys
from pathlib import Path

import httpx

from tests.notifications.service.conftest import Ledger
from tests.notifications.service.mail_server import MailServer
from tests.notifications.service.partnership import Partnership
from tests.support.eventually import eventually
from tests.support.servers import FreshDatabase, NatsForTests


async def test_the_program_says_that_it_is_ready_and_names_nobody(
    notifications_database: FreshDatabase,
    nats_server: NatsForTests,
    tmp_path: Path,
    mail_server: MailServer,
    partnership: Partnership,
    ledger: Ledger,
) -> None:
    environment = {
        "ENTENTE_DATA": str(tmp_path),
        "ENTENTE_POSTGRES_URL": notifications_database.url,
        "ENTENTE_NATS_URL": nats_server.url("notifications"),
        "ENTENTE_SMTP_URL": mail_server.url,
    }
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.notifications",
        env=os.environ | environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        run_file = tmp_path / "run" / "notifications.json"
        await eventually(run_file.exists, deadline=20)
        address = json.loads(run_file.read_text())["ops"]
        async with httpx.AsyncClient(base_url=address) as client:

            async def ready() -> bool:
                return (await client.get("/readyz")).status_code == 200

            await eventually(ready)
            await partnership.begin()
            await eventually(lambda: len(mail_server.received) == 3)
            await eventually(ledger.closed)
            figures = (await client.get("/metrics")).text
    finally:
        program.terminate()
        output, _ = await program.communicate()
    assert program.returncode == 0
    assert 'entente_notices_total{kind="negotiation_opened"} 2.0' in figures
    sent = 'entente_deliveries_total{channel="email",kind="negotiation_opened",state="sent"} 2.0'
    assert sent in figures
    assert "entente_delivery_seconds_bucket" in figures
    assert "entente_oldest_delivery_seconds" in figures
    lines = [json.loads(line) for line in output.decode().splitlines()]
    assert [line for line in lines if line["event"] == "letter_sent"]
    everything = figures + output.decode()
    for someone in partnership.people.values():
        for personal in (someone.given_name, someone.family_name, someone.email, str(someone.person_id)):
            assert personal not in everything
