"""Wrong settings stop the start with one list of everything that is wrong."""

import os
import subprocess
import sys
from pathlib import Path

from deploy.files import write_private


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("ENTENTE_")}
    return subprocess.run(
        [sys.executable, "-m", "deploy", "up"],
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_all_problems_are_listed_at_once_without_their_secrets(data: Path) -> None:
    (data / "file").touch()
    result = start(
        ENTENTE_DATA=str(data / "file" / "below"),
        ENTENTE_HTTP_PORT="eighty",
        ENTENTE_POSTGRES_URL="mysql://root:hunter2@localhost/x",
        ENTENTE_NATS_URL="nats://localhost",
        ENTENTE_SMTP_URL="mail.example.org",
        ENTENTE_NATS_SYNC="sometimes",
        ENTENTE_NATS_NODES="2",
        ENTENTE_REPLICAS="many",
    )
    assert result.returncode == 2
    lines = result.stderr.splitlines()
    assert lines[0] == "The settings are not usable:"
    named = [line.strip().partition(":")[0] for line in lines[1:]]
    assert named == [
        "ENTENTE_DATA",
        "ENTENTE_HTTP_PORT",
        "ENTENTE_POSTGRES_URL",
        "ENTENTE_NATS_URL",
        "ENTENTE_SMTP_URL",
        "ENTENTE_NATS_SYNC",
        "ENTENTE_NATS_NODES",
        "ENTENTE_REPLICAS",
    ]
    assert "hunter2" not in result.stderr + result.stdout


def test_a_misspelt_setting_is_not_ignored(data: Path) -> None:
    result = start(
        ENTENTE_DATA=str(data), ENTENTE_NATS_NODE="3", ENTENTE_COLOUR="hunter2", ENTENTE_SUPPORT_PHONE="04"
    )
    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "The settings are not usable:",
        "  ENTENTE_COLOUR: there is no such setting.",
        "  ENTENTE_NATS_NODE: there is no such setting. Did you mean ENTENTE_NATS_NODES?",
    ]


def test_a_port_out_of_range_is_refused(data: Path) -> None:
    result = start(ENTENTE_DATA=str(data), ENTENTE_HTTP_PORT="70000")
    assert result.returncode == 2
    assert "ENTENTE_HTTP_PORT" in result.stderr
    assert "Traceback" not in result.stderr


def test_provisioning_your_servers_needs_their_addresses(data: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "deploy", "provision"],
        env={**os.environ, "ENTENTE_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert result.returncode == 2
    assert "ENTENTE_POSTGRES_URL and ENTENTE_NATS_URL must name your servers" in result.stderr


def test_a_service_does_not_take_the_addresses_of_whoever_provisioned(data: Path) -> None:
    write_private(
        data / "credentials" / "contacts.env",
        "ENTENTE_POSTGRES_URL=postgresql://entente_contacts:x@db/contacts\nENTENTE_NATS_URL=nats://contacts:x@nats\n",
    )
    ended = subprocess.run(
        [sys.executable, "-m", "services.contacts"],
        env={
            "ENTENTE_DATA": str(data),
            "ENTENTE_POSTGRES_URL": "postgresql://root:hunter2@db/postgres",
            "ENTENTE_NATS_URL": "nats://root:hunter2@nats",
        },
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode == 2
    named = [line.strip().partition(":")[0] for line in ended.stderr.splitlines()[1:]]
    assert named == ["ENTENTE_POSTGRES_URL", "ENTENTE_NATS_URL"]
    assert "Unset it" in ended.stderr
    assert "hunter2" not in ended.stderr
