"""The first organisation and people of a system without the sample, as an operator enters them."""

import os
import re
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from deploy.credentials import Credentials
from shared.contracts.identifiers import new_id
from tests.support.eventually import eventually_sync
from tests.support.servers import NatsForTests
from tests.support.system import up


def entente(data: Path, *arguments: str) -> tuple[int, str]:
    ran = subprocess.run(
        [sys.executable, "-m", "deploy", *arguments],
        env={**os.environ, "ENTENTE_DATA": str(data)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return ran.returncode, ran.stdout


def test_a_system_without_the_sample_is_opened_from_the_command_line(home: Path) -> None:
    code, said = entente(home, "operators", "list")
    assert (code, "There is no system in" in said) == (1, True)
    with up(home, ENTENTE_SAMPLE="no") as system:
        code, said = entente(
            home, "organizations", "add", "Main tendue", "--side", "association", "--city", "Lyon"
        )
        assert code == 0, said
        organization_id = said.split()[0]
        code, said = entente(
            home, "organizations", "add", "Autre", "--side", "association", "--siren", "123456789"
        )
        assert (code, "Refused: siren: its check digit does not fit" in said) == (1, True), said
        code, said = entente(
            home, "organizations", "add", "Autre", "--side", "association", "--id", organization_id
        )
        assert (code, said) == (1, "Refused: id: another organisation has it.\n")

        enrolled = ("--given-name", "Odile", "--family-name", "Marchand", "--function", "Présidente")
        code, said = entente(
            home,
            "people",
            "enroll",
            "odile@example.org",
            "--organization",
            organization_id,
            *enrolled,
            "--signatory",
        )
        assert code == 0, said
        person_id = said.split()[0]
        # Doing the same thing again changes nothing.
        again = ("people", "enroll", "odile@example.org", "--organization", organization_id, *enrolled)
        assert entente(home, *again, "--id", person_id)[0] == 0
        code, said = entente(home, *again)
        assert (code, "Refused (address_taken)" in said) == (1, True)
        code, said = entente(
            home, "people", "enroll", "nowhere", "--organization", organization_id, *enrolled
        )
        assert (code, said) == (1, "Not usable: email: it does not have the right form\n")

        assert entente(home, "operators", "list") == (0, "No account sees them.\n")
        assert entente(home, "operators", "add", "odile@example.org")[0] == 0
        assert entente(home, "operators", "list") == (0, "odile@example.org\n")
        assert entente(home, "operators", "remove", "odile@example.org")[1].endswith("no longer sees them.\n")
        assert entente(home, "operators", "remove", "odile@example.org")[1].endswith("did not see them.\n")
        code, said = entente(home, "operators", "add", "nobody@example.org")
        assert (code, "Nobody signs in with this e-mail" in said) == (1, True)

        # She chooses her password by the link that comes by e-mail.
        with httpx.Client(
            base_url=system.address, headers={"sec-fetch-site": "same-origin"}, trust_env=False
        ) as client:
            assert client.post("/mot-de-passe-oublie", data={"email": "odile@example.org"}).status_code in {
                200,
                303,
            }
        eventually_sync(lambda: letter_in(home / "mail"), deadline=30)


@pytest.mark.parametrize(
    "arguments",
    [
        ("organizations", "add", "Main tendue", "--side", "association"),
        (
            *(
                "people",
                "enroll",
                "odile@example.org",
                "--organization",
                str(new_id()),
                "--given-name",
                "Odile",
            ),
            *("--family-name", "Marchand", "--function", "Présidente"),
        ),
    ],
    ids=["organizations", "people"],
)
def test_what_was_not_answered_can_be_done_again_under_the_same_id(
    data: Path, nats_server: NatsForTests, arguments: tuple[str, ...]
) -> None:
    Credentials(data).write_addresses("operator", {"ENTENTE_NATS_URL": nats_server.operator_url})
    made = str(new_id())
    code, said = entente(data, *arguments)
    assert (code, "contacts did not answer" in said) == (1, True), said
    assert re.search(r"To do the same thing again, add --id [0-9a-f]{8}-[0-9a-f-]{27}\n", said)
    assert f"add --id {made}\n" in entente(data, *arguments, "--id", made)[1]


def letter_in(mail: Path) -> bool:
    return any(
        re.search(r"/mot-de-passe-oublie/", path.read_text(errors="replace"))
        for path in mail.rglob("*")
        if path.is_file()
    )
