"""Settings: what is accepted, and how clearly the rest is refused."""

from pathlib import Path

import pytest

from services.notifications.delivery.address import PublicAddress
from services.notifications.delivery.smtp import SmtpServer
from services.notifications.settings import NotificationsSettings
from shared.contracts.refusals import Trouble

SERVERS = {"postgres_url": "postgresql://x@127.0.0.1/x", "nats_url": "nats://127.0.0.1:4222"}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.fr", ("mail.example.fr", 25, None, None, False, False)),
        ("smtp://mail.example.fr:2525", ("mail.example.fr", 2525, None, None, False, False)),
        ("smtps://a:b@mail.example.fr", ("mail.example.fr", 465, "a", "b", True, False)),
        ("smtp://a%40b:p%2Fw@mail.example.fr/?starttls", ("mail.example.fr", 587, "a@b", "p/w", False, True)),
        ("smtp://[::1]:25", ("::1", 25, None, None, False, False)),
    ],
)
def test_addresses_of_mail_servers(url: str, expected: tuple[object, ...]) -> None:
    server = SmtpServer.parse(url)
    assert (server.host, server.port, server.user, server.password, server.tls, server.starttls) == expected
    assert "p/w" not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.fr",
        "http://mail.example.fr",
        "smtp://",
        "smtp://host:port",
        "smtp://u:se/cret@host",
        "smtp://host?tls=1",
        "smtps://host?starttls",
        "smtp://host/path",
    ],
)
def test_a_wrong_mail_server_stops_the_start_without_repeating_it(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        NotificationsSettings.load(data=tmp_path, **SERVERS, smtp_url=url)
    told = capsys.readouterr().err
    assert "ENTENTE_SMTP_URL" in told
    assert "cret" not in told


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        NotificationsSettings.load(
            data=tmp_path,
            **SERVERS,
            smtp_url="mail",
            mail_from="nobody",
            public_url="entente.example.fr",
            http_port=70_000,
        )
    told = capsys.readouterr().err
    for name in ("SMTP_URL", "MAIL_FROM", "PUBLIC_URL", "HTTP_PORT"):
        assert f"ENTENTE_{name}" in told


def test_links_begin_with_the_address_that_people_use(tmp_path: Path) -> None:
    run_file = tmp_path / "web.json"
    assert (
        PublicAddress("https://entente.example.fr/", 8000, run_file).current() == "https://entente.example.fr"
    )
    assert PublicAddress(None, 8000, run_file).current() == "http://127.0.0.1:8000"
    chosen_by_web = PublicAddress(None, 0, run_file)
    with pytest.raises(Trouble):
        chosen_by_web.current()
    run_file.write_text('{"pid": 1, "http": "http://127.0.0.1:45678"}')
    assert chosen_by_web.current() == "http://127.0.0.1:45678"
